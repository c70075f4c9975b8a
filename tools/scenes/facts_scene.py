"""The register of a family: the list with one fact in full, empty, and the form of a decision and an address."""

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.record import Value
from app.services import facts, families, family_list
from app.services.fact_kinds import FACT_KINDS
from app.services.session import Session
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.documents import pages as documents_pages
from ui.views.facts import pages as facts_pages
from ui.views.family import pages as family_pages

_FAMILIES = 40


def put(session: Session, dossier: str, kind: str, person: str = "", /, **values: Value) -> str:
    """One fact; codes are given bare."""
    specs = {spec.name: spec for spec in FACT_KINDS[kind].declaration.fields}
    ready = {
        name: session.content.ref(specs[name].target, str(value))
        if specs[name].type.value == "code"
        else value
        for name, value in values.items()
    }
    made = facts.new(session, dossier, kind, person).with_values(**ready)
    return facts.save(session, dossier, None, made).record


def filled(session: Session) -> str:
    """The first family of the list, with facts of every heading; returns its dossier."""
    dossier = family_list.ids(session)[0]
    if any(line.kind.kind == "alias" for line in facts.load(session, dossier).lines["identity"]):
        return dossier
    first, *others = (member.person.id for member in families.load(session, dossier).members)
    child = others[-1] if others else first
    put(session, dossier, "alias", first, kind="naamsoort.andere-spelling", family_name="Voorbeeldt",
         given_names="Aro", source="Geboorteakte")  # fmt: skip
    put(session, dossier, "person_number", first, kind="nummer.coa", value="77-1234-01")
    put(session, dossier, "identity_fact", first, aspect="identiteit.nationaliteit",
         standing="zekerheid.vastgesteld", country="AM", source="Bericht van de ambassade", as_of="2026-06-03",
         disagreement="Zegt in een ander land geboren te zijn.")  # fmt: skip
    put(session, dossier, "stay", first, kind="verblijf.gezinslocatie", place="GL Noordermeer", room="B 12",
         from_on="2024-03-14", talk_room="ruimte.nee")  # fmt: skip
    put(
        session,
        dossier,
        "secret_address",
        child,
        address="Voorbeeldstraat 1",
        reason="Afspraak met de wijkagent",
    )
    put(session, dossier, "child_voice", child, heard="gehoord.zelf", on="2026-10-02")
    put(session, dossier, "school", child, name="De Wegwijzer", level="groep 6", from_on="2024-08-26")
    for kind, on in (("asiel", "2019-05-06"), ("terugkeerbesluit", "2019-05-06"), ("art64", "2023-02-01")):
        put(
            session,
            dossier,
            "decision",
            first,
            kind=f"besluit.{kind}",
            on=on,
            authority="IND",
            result="Afgewezen",
        )
    put(session, dossier, "measure", first, kind="maatregel.art56", from_on="2024-03-14", area="gemeente")
    put(
        session,
        dossier,
        "reporting_duty",
        days="maandag tot en met vrijdag",
        at_time="10.00",
        from_on="2024-03-14",
    )
    put(session, dossier, "removability_check", first, outcome="mag-vertrekken.ja", answered_by="IND",
         answered_at="2026-11-12T09:00:00Z", asked_at="2026-11-10T10:15:00Z")  # fmt: skip
    put(session, dossier, "availability", first, answer="ja-nee-onbekend.ja", checked_on="2026-11-20")
    contact = put(session, dossier, "contact", role="contactrol.gemachtigde", name="mr. V. Proef",
                   organisation="Kantoor Voorbeeld", phone="010 000 00 00", mandate_from="2025-01-01")  # fmt: skip
    put(session, dossier, "notice", contact=contact, topic="Gesprek verplaatst", told_on="2026-11-18", way="brief",
         came_back_on="2026-11-21")  # fmt: skip
    put(session, dossier, "support", first, programme="programma.iom", accepted=0, offered_on="2026-09-01")
    put(session, dossier, "todo", what="Geboorteakte laten vertalen", who="J. Terpstra", due_on="2026-12-04")
    return dossier


def _open(part: str, *, empty: bool = False, page: str = "family") -> Window:
    desk = made_up_desk(made_up_session(_FAMILIES, "facts"))
    dossier = filled(desk.session)
    if empty:
        dossier = family_list.ids(desk.session)[1]
    pages = (*family_pages.page_specs(desk), *facts_pages.page_specs(desk), *documents_pages.page_specs(desk))
    return in_window(desk, pages, Place(page=page, subject=dossier, part=part))


def _list() -> QWidget:
    return _open("facts")


def _empty() -> QWidget:
    return _open("facts", empty=True)


def _form() -> QWidget:
    return _open("new/decision", page="fact")


def _errors() -> QWidget:
    window = _open("new/child_voice", page="fact")
    page = window.current_page()
    assert page is not None
    save = page.findChild(QPushButton, "fact_save")
    assert save is not None
    save.click()
    settle(made_up_desk(made_up_session(_FAMILIES, "facts")))
    return window


SCENES = (
    Scene(name="facts-list", build=_list),
    Scene(name="facts-empty", build=_empty),
    Scene(name="facts-form", build=_form),
    Scene(name="facts-errors", build=_errors),
)
"""What `tools/screenshots.py` shows."""
