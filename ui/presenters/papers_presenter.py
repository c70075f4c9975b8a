"""The papers of a family: every final sheet with where it stands, and who got what when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.kinds.papers import DisclosureRecord
from app.domain.words import N_
from app.i18n import _, formats, language
from app.services import departure_list, papers
from app.services.papers import SheetState
from app.services.session import Session
from ui.bridge.cell import Cell
from ui.presenters.gate import Runner

SHEET_HEADS = (N_("Paper"), N_("Of"), N_("Set and version"), N_("Made"), N_("State"))
DISCLOSED_HEADS = (N_("When"), N_("Paper"), N_("Version"), N_("To"), N_("Purpose"), N_("How"), N_("By"))
Row = tuple[str, tuple[Cell, ...]]
_STATES = {
    SheetState.CURRENT: (N_("Valid"), "state.good", "good"),
    SheetState.CHANGED: (N_("Changed since: a new version is due"), "state.watch", "watch"),
    SheetState.EXPIRED: (N_("Expired: check again first"), "state.late", "late"),
    SheetState.SUPERSEDED: (N_("Superseded by a newer version"), "", "ink"),
}
_STATUS = {"concept": N_("concept"), "expired": N_("expired"), "superseded": N_("superseded")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Rows of both lists. `places` leads from a sheet to departure, person and kind of paper."""

    sheets: tuple[Row, ...]
    disclosed: tuple[Row, ...]
    places: dict[str, tuple[str, str, str]]


class PapersScreen(Protocol):
    """What the presenter asks of the tab."""

    def show_papers(self, found: Papers) -> None:
        """Show both lists."""


class PapersPresenter:
    """Reads both lists in one go."""

    def __init__(self, session: Session, runner: Runner, screen: PapersScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self.dossier = ""

    def open(self, dossier: str) -> None:
        """Show the papers of a family."""
        self.dossier = dossier
        self.reload()

    def reload(self) -> None:
        """Read anew."""
        dossier = self.dossier
        self._runner.start(lambda: self._read(dossier), lambda found: self._show(dossier, found))

    def _show(self, dossier: str, found: Papers) -> None:
        if dossier == self.dossier:
            self._screen.show_papers(found)

    def _read(self, dossier: str) -> Papers:
        session = self._session
        names: dict[str, str] = {}
        for row in departure_list.rows(session, everything=True, dossier=dossier):
            names.update(zip(row.persons, row.names, strict=True))
        lines = papers.sheets_of(session, dossier)
        handed = papers.disclosures_of(session, dossier)
        sheets: Sequence[Row] = [(line.sheet.id, self._sheet(line, names)) for line in lines]
        places = {
            line.sheet.id: (
                line.sheet.departure or "",
                line.sheet.person or "",
                "receipt" if (line.sheet.paper or "").endswith(papers.RECEIPT) else "sheet",
            )
            for line in lines
            if not (line.sheet.paper or "").endswith(papers.REPORT)
        }
        return Papers(
            sheets=tuple(sheets),
            disclosed=tuple((each.id, self._handed(each)) for each in handed),
            places=places,
        )

    def _sheet(self, line: papers.SheetLine, names: dict[str, str]) -> tuple[Cell, ...]:
        sheet = line.sheet
        words, icon, role = _STATES[line.state]
        return (
            Cell(main=self._session.content.label(sheet.paper, language()), strong=True),
            Cell(main=names.get(sheet.person or "", "–")),
            Cell(
                main=_("%(set)s, version %(version)d", set=sheet.set_number or "", version=sheet.version or 0)
            ),
            Cell(main=formats.deed(sheet.made_at) if sheet.made_at else _("unknown")),
            Cell(main=_(words), icon=icon, role=role),
        )

    def _handed(self, each: DisclosureRecord) -> tuple[Cell, ...]:
        label = self._session.content.label
        status = _STATUS.get(each.status or "")
        version = f"{each.version or 0}, {_(status)}" if status else f"{each.version or 0}"
        return (
            Cell(main=formats.deed(each.at) if each.at else _("unknown")),
            Cell(main=label(each.paper, language()), strong=True),
            Cell(main=version),
            Cell(main=each.receiver or _("unknown")),
            Cell(main=label(each.purpose, language())),
            Cell(main=label(each.way, language())),
            Cell(main=each.officer or _("unknown")),
        )
