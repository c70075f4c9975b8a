"""Exchange by file: what to give, what would go, a file that came in, who has what, and looking into a file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.exchange_facts import Holding, InspectedLine, Taken
from app.domain.paper_text import LineKind, TextLine
from app.domain.record import Compartment
from app.services import family_list
from app.services.session import Session
from tests.support.exchange_fake import (
    AT,
    DESTROYED,
    FAMILIES,
    LOST,
    NEW,
    OKORO,
    OWN,
    WIT,
    FakeExtract,
    FakeGive,
    FakeTake,
    FakeTrust,
    Refused,
    arrival,
    held_extract,
)
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.desk import Desk
from ui.bridge.place import Place
from ui.shell.page_list import page_specs
from ui.shell.window import Window
from ui.views.exchange.exchange_view import ExchangePage
from ui.views.exchange.extract_view import ExtractPage
from ui.views.exchange.give_part import GivePart
from ui.views.exchange.inspect_view import InspectPage
from ui.views.exchange.take_part import TakePart
from ui.views.page import Page
from ui.widgets.date_field import DateField

_FAMILIES = 300
Act = Callable[[Desk, ExchangePage], None]


def _gates(session: Session) -> tuple[FakeGive, FakeTake, FakeTrust]:
    ids = family_list.ids(session)
    titles = {row.dossier: row.title for row in family_list.rows_of(session, ids[:40]) if row is not None}
    held = tuple(
        Holding(
            device=one.device,
            name=one.name,
            dossier=dossier,
            title=title,
            compartments=frozenset({Compartment.KERN, Compartment.WERKWIJZE, *more}),
            sent_at=AT,
            told_at=AT if behind < 50 else None,
            behind=behind,
        )
        for one, dossier, title, behind, more in (
            (WIT, dossier, title, at * 7 % 60, (Compartment.GEZONDHEID,) if at % 3 else ())
            if at % 2
            else (OKORO, dossier, title, 0, ())
            for at, (dossier, title) in enumerate(list(titles.items())[:9])
        )
    )
    files = (
        _taken(3, WIT.name, ("Hakobyan", "Tesfaye Bekele"), 229, differences=2, may_go_back=True),
        _taken(
            2,
            OKORO.name,
            ("Al-Khalidi",),
            12,
            why_not="You have written in these families since. Undo that in the families themselves.",
        ),
        replace(
            _taken(1, WIT.name, ("Hakobyan",), 41, why_not="It has been taken back already."),
            taken_back_at=AT,
        ),
    )
    return (
        FakeGive(titles=titles, held=held),
        FakeTake(arrival=arrival(), files=files, lines=_LINES),
        FakeTrust(),
    )


def _taken(
    number: int,
    name: str,
    families: tuple[str, ...],
    changes: int,
    *,
    differences: int = 0,
    may_go_back: bool = False,
    why_not: str = "",
) -> Taken:
    return Taken(
        number=number,
        package=f"{number:032x}",
        sender=WIT.device,
        sender_name=name,
        at=AT,
        families=families,
        changes=changes,
        differences=differences,
        may_go_back=may_go_back,
        why_not=why_not,
    )


def _extract() -> FakeExtract:
    heading, fact = LineKind.HEADING, LineKind.FACT
    return FakeExtract(
        extracts=(
            held_extract(1, "Hakobyan", date(2026, 11, 27)),
            held_extract(2, "Tesfaye Bekele", date(2027, 1, 15)),
        ),
        lines=(
            TextLine(kind=heading, value="Gezin"),
            TextLine(kind=fact, label="Naam", value="Hakobyan", native="Հակոբյան"),
            TextLine(kind=fact, label="Regievoerder", value="M. de Wit"),
            TextLine(kind=heading, value="Lusine Hakobyan"),
            TextLine(kind=fact, label="Geboren", value="1988, maand en dag onbekend"),
            TextLine(kind=fact, label="Reisdocument", value="laissez-passer, ingediend op 2 november 2026"),
            TextLine(kind=fact, label="Vertrek", value="wo 9 december 2026, ZZ 106 naar Wenen"),
            TextLine(kind=heading, value="Narek Hakobyan"),
            TextLine(kind=fact, label="Geboren", value="ongeveer 2017"),
        ),
    )


_LINES = (
    InspectedLine(group="The file", words="Number", detail="0192d3b09c6e7b1e8e5f3f1f0c5a7d21"),
    InspectedLine(group="The file", words="Kind", detail="ops"),
    InspectedLine(group="The file", words="Made at", detail="2026-11-20T09:12:00Z"),
    InspectedLine(group="The file", words="Sender", detail=WIT.device),
    InspectedLine(group="The file", words="Parts", detail="kern, werkwijze"),
    InspectedLine(
        group="Families", words="0192d3b0a1ee7c3d9a3b5c7d9e1f2a3b", detail="0192d3b0a1ef, 0192d3b0a1f0"
    ),
    InspectedLine(group="Stretches", words="0192d3b0a1ee kern 1-14", detail=WIT.device),
    InspectedLine(group="Changes", words="0192d3b0a1ee · Person 0192d3b0a1ef · given_names", detail="Lusine"),
    InspectedLine(
        group="Changes", words="0192d3b0a1ee · Person 0192d3b0a1ef · birth_date", detail="1988-03-14"
    ),
    InspectedLine(
        group="Changes",
        words="0192d3b0a1ee · Talk 0192d3b0a1f1 · note",
        detail="<b>Zegt dat zij eerst de advocaat wil spreken.</b>\nDaarna weer een afspraak, op haar verzoek.",
    ),
    InspectedLine(group="Scans", words="7f3a9c", detail="1024000"),
)


def _window(
    part: str,
    act: Act | None = None,
    *,
    store: int = _FAMILIES,
    empty: bool = False,
    reading: bool = False,
    **arrived: object,
) -> Callable[[], QWidget]:
    def build() -> QWidget:
        desk = made_up_desk(made_up_session(store))
        give, take, trust = _gates(desk.session)
        extract = _extract()
        if empty:
            extract = FakeExtract()
            give, take, trust = FakeGive(), FakeTake(), FakeTrust(people=(OWN,))
        elif arrived:
            take.arrival = arrival(**arrived)
        if act is _refuse:
            take.refused["pakket.regiemap"] = Refused()

        def exchange(parent: QWidget) -> ExchangePage:
            return ExchangePage(desk, give, take, trust, extract if reading else None, parent)

        def inspect(parent: QWidget) -> InspectPage:
            return InspectPage(desk, take, parent)

        def to_read(parent: QWidget) -> ExtractPage:
            return ExtractPage(desk, extract, parent)

        own: dict[str, Callable[[QWidget], Page]] = {"exchange": exchange, "exchange_inspect": inspect}
        pages = [replace(spec, build=own.get(spec.key, spec.build)) for spec in page_specs(desk)]
        read = replace(pages[-1], key="exchange_extract", build=to_read, in_rail=False, belongs_to="exchange")
        pages = [*(spec for spec in pages if spec.key != read.key), read]
        window = in_window(desk, pages, _place(part))
        page = window.current_page()
        if act is not None and isinstance(page, ExchangePage):
            # A picture is made of a window of this size: ticks and focus depend on what shows.
            _settle(desk, window)
            act(desk, page)
            settle(desk)
        return window

    return build


def _place(part: str) -> Place:
    if part == "inspect":
        return Place(page="exchange_inspect", subject="sync-20261120-7F3A.regiemap")
    if part == "extract":
        return Place(page="exchange_extract", subject=f"{1:032x}")
    return Place(page="exchange", part=part)


def _settle(desk: Desk, window: Window) -> None:
    window.resize(1366, 768)
    window.show()
    settle(desk)


def _give(page: ExchangePage) -> GivePart:
    part = page.part("give")
    assert isinstance(part, GivePart)
    return part


def _choose(desk: Desk, page: ExchangePage) -> None:
    part = _give(page)
    for dossier in family_list.ids(desk.session)[1:4]:
        if dossier not in part.presenter.choice.dossiers:
            part.presenter.tick(dossier)
    part.presenter.choose_receivers(frozenset({WIT.device}))
    part.presenter.reload()


def _preview(desk: Desk, page: ExchangePage) -> None:
    _choose(desk, page)
    settle(desk)
    _give(page).presenter.preview()


def _lacks(_desk: Desk, page: ExchangePage) -> None:
    _give(page).presenter.preview()


def _written(desk: Desk, page: ExchangePage) -> None:
    _preview(desk, page)
    settle(desk)
    _give(page).presenter.write(Path("/media/stick/uitwisselen"), split=True)


def _take(page: ExchangePage) -> TakePart:
    part = page.part("take")
    assert isinstance(part, TakePart)
    return part


def _arrived(_desk: Desk, page: ExchangePage) -> None:
    _take(page).offer([Path("sync-20261120-7F3A.regiemap")])


def _nothing_new() -> dict[str, Any]:
    """What a file says that was here before."""
    counts = dict.fromkeys(("changes", "differences", "set_apart", "newer", "scans", "may_be_known"), 0)
    families = tuple(
        replace(family, new=False, changes=0, differences=0, scans=0, persons=(), holds=frozenset())
        for family in FAMILIES
    )
    return {**counts, "families": families, "known_changes": 246, "known_words": (), "to_clear_up": ()}


def _reported(desk: Desk, page: ExchangePage) -> None:
    _arrived(desk, page)
    settle(desk)
    _take(page).presenter.accept()


def _refuse(_desk: Desk, page: ExchangePage) -> None:
    _take(page).offer([Path("pakket.regiemap")])


def _to_read(desk: Desk, page: ExchangePage) -> None:
    part = _give(page)
    part.presenter.tick(family_list.ids(desk.session, "Hakobyan")[0])
    part.presenter.choose_receivers(frozenset({WIT.device}))
    part.presenter.reload()
    settle(desk)
    box, day = part.findChild(QCheckBox, "give_reading"), part.findChild(DateField, "give_until")
    assert isinstance(box, QCheckBox) and isinstance(day, DateField)
    box.click()
    day.set_value("2026-12-24")


SCENES = (
    Scene(name="exchange-take", build=_window("take")),
    Scene(name="exchange-take-empty", build=_window("take", empty=True)),
    Scene(name="exchange-arrival", build=_window("take", _arrived)),
    Scene(name="exchange-arrival-unchecked", build=_window("take", _arrived, sender=NEW, may_take=False)),
    Scene(name="exchange-arrival-revoked", build=_window("take", _arrived, sender=LOST, may_take=False)),
    Scene(
        name="exchange-arrival-known",
        build=_window("take", _arrived, known=True, **_nothing_new()),
    ),
    Scene(
        name="exchange-arrival-destroy", build=_window("take", _arrived, to_confirm=("Sahak", "Petrosjan"))
    ),
    Scene(
        name="exchange-arrival-gone",
        build=_window("take", _arrived, families=(DESTROYED, replace(FAMILIES[1], removed=True))),
    ),
    Scene(
        name="exchange-arrival-receipt",
        build=_window(
            "take",
            _arrived,
            kind="receipt",
            families=(),
            changes=0,
            differences=0,
            set_apart=0,
            newer=0,
            scans=0,
        ),
    ),
    Scene(name="exchange-report", build=_window("take", _reported)),
    Scene(name="exchange-refused", build=_window("take", _refuse)),
    Scene(name="exchange-give", build=_window("give", _choose)),
    Scene(name="exchange-give-lacks", build=_window("give", _lacks)),
    Scene(name="exchange-give-empty", build=_window("give", empty=True, store=0)),
    Scene(name="exchange-give-preview", build=_window("give", _preview)),
    Scene(name="exchange-give-done", build=_window("give", _written)),
    Scene(name="exchange-holdings", build=_window("holdings")),
    Scene(name="exchange-holdings-empty", build=_window("holdings", empty=True)),
    Scene(name="exchange-give-to-read", build=_window("give", _to_read, reading=True)),
    Scene(name="exchange-extracts", build=_window("extracts", reading=True)),
    Scene(name="exchange-extract", build=_window("extract")),
    Scene(name="exchange-inspect", build=_window("inspect")),
)
