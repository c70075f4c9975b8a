"""Every action of the program with its key, declared once: the menus, the keys and the help read the same list."""

from dataclasses import dataclass
from typing import Final

from app.i18n import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """`code` is what the window does; `keys` the shortcuts, the first of which the menu shows.

    Actions with `on_page` are handed to the page that is open. Where `when_locked`, it works without a dossier open.
    """

    code: str
    title: str
    keys: tuple[str, ...] = ()
    on_page: bool = False
    when_locked: bool = False


MENUS: Final[tuple[tuple[str, tuple[ActionSpec, ...]], ...]] = (
    (
        N_("&Program"),
        (
            ActionSpec(code="find", title=N_("Search everything"), keys=("Ctrl+K",)),
            ActionSpec(code="note", title=N_("Quick note"), keys=("F8",)),
            ActionSpec(code="my_day", title=N_("What I did"), keys=("Ctrl+Shift+D",)),
            ActionSpec(code="settings", title=N_("Settings"), keys=("Ctrl+,",)),
            ActionSpec(code="pause", title=N_("Pause"), keys=("F9",)),
            ActionSpec(code="lock", title=N_("Lock"), keys=("Ctrl+L",)),
            ActionSpec(code="quit", title=N_("Quit"), keys=("Ctrl+Q",), when_locked=True),
        ),
    ),
    (
        N_("&Edit"),
        (
            ActionSpec(code="undo", title=N_("Undo"), keys=("Ctrl+Z",)),
            ActionSpec(code="redo", title=N_("Redo"), keys=("Ctrl+Shift+Z", "Ctrl+Y")),
            ActionSpec(code="new", title=N_("New here"), keys=("Ctrl+N",), on_page=True),
            ActionSpec(code="edit", title=N_("Change"), keys=("F2",), on_page=True),
            ActionSpec(code="filter", title=N_("Filter here"), keys=("Ctrl+F",), on_page=True),
            ActionSpec(code="print", title=N_("Print"), keys=("Ctrl+P",), on_page=True),
        ),
    ),
    (
        N_("&View"),
        (
            ActionSpec(code="back", title=N_("Back"), keys=("Alt+Left",)),
            ActionSpec(code="forward", title=N_("Forward"), keys=("Alt+Right",)),
            ActionSpec(code="next_region", title=N_("Next part of the screen"), keys=("F6",)),
            ActionSpec(code="larger", title=N_("Larger"), keys=("Ctrl++", "Ctrl+="), when_locked=True),
            ActionSpec(code="smaller", title=N_("Smaller"), keys=("Ctrl+-",), when_locked=True),
        ),
    ),
    (N_("&Help"), (ActionSpec(code="help", title=N_("Help with this field"), keys=("F1",)),)),
)
