"""What an exchange itself writes is no news."""

from app.domain.record import KINDS
from app.storage.outgoing import SILENT, SILENT_IN


def test_it_lies_in_one_compartment() -> None:
    assert {str(KINDS[kind].compartment) for kind in SILENT} == {SILENT_IN}
