"""The first start through the real window: name, location, passphrase, and the recovery key typed once."""

from tests.support.window_driver import WindowDriver
from ui.widgets.key_groups import KeyGroups

PASSPHRASE = "paars kanaal zeven lepel"


def first_start(driver: WindowDriver, officer: str, location: str) -> None:
    """Make a store and stand before its first page."""
    driver.picture("first")
    driver.type("officer", officer)
    driver.type("location", location)
    driver.click("first_start_next")
    driver.type("new_passphrase", PASSPHRASE)
    driver.type("new_passphrase_again", PASSPHRASE)
    driver.picture("passphrase")
    driver.click("first_start_next")
    spoken = driver.part(KeyGroups, "recovery_groups").accessibleName()
    driver.picture("recovery")
    driver.click("first_start_next")
    groups = [part.partition(":")[2].replace(" ", "") for part in spoken.split(";")]
    driver.type("typed_recovery", "-".join(groups).lower())
    driver.picture("typed")
    driver.click("first_start_next")
    driver.picture("today-empty")
