"""Talks: the list, a family's tab, preparing, talk mode with its special steps, finishing and the report."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.ident import new_id
from app.domain.kinds.dossier import Phase
from app.domain.kinds.person import Person
from app.domain.kinds.talk import Agreement
from app.services import circumstances, families, talk_proposal, talk_view, talks
from app.services.families import Family, Member
from app.services.session import Session
from tools.scenes.made_up_store import in_window, made_up_desk, made_up_session, settle
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.shell.window import Window
from ui.views.talks import pages
from ui.views.talks.talk_page import TalkPage

_NOTES = (
    "Armen: “Als ik terugga, wil ik eerst weten waar de kinderen naar school gaan.”\n\n"
    "Lusine is stil. Zegt dat zij haar zus in Gyumri wil bellen.\n\n"
    "Gevraagd wat Davit weet. Hij weet het van de vlucht; Mane nog niet."
)
_PEOPLE = (
    ("Armen", "Արմեն", "gezinsrol.ouder", "1984"),
    ("Lusine", "Լուսինե", "gezinsrol.ouder", "1988"),
    ("Davit", "Դավիթ", "gezinsrol.kind", "2014"),
    ("Mane", "Մանե", "gezinsrol.kind", "2018"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    session: Session
    dossier: str
    talk: str
    persons: Sequence[str]


def _case(name: str) -> _Case:
    """A made-up family in the middle of its second talk; a store of its own for each scene."""
    session = made_up_session(12, name)
    content = session.content
    family = families.new_family(session)
    members: list[Member] = []
    for at, (given, native, role, born) in enumerate(_PEOPLE, start=1):
        member = families.new_member(session, family.dossier.id, position=at)
        person: Person = member.person.with_values(
            given_names=given, given_names_native=native, family_name="Hakobyan", family_name_native="Հակոբյան",
            birth_date=born, language="Armeens", interpreter=content.ref("basis", "tolk-nodig.ja"),
        )  # fmt: skip
        members.append(
            Member(
                person=person,
                membership=member.membership.with_values(role=content.ref("basis", role)),
                v_number=member.v_number,
                nationality=member.nationality,
            )
        )
    dossier = family.dossier.with_values(title="Hakobyan", title_native="Հակոբյան")
    saved = families.save(session, None, Family(dossier=dossier, members=tuple(members))).dossier
    adults = [member.person.id for member in members[:2]]
    first = talk_proposal.propose(session, saved).talk.with_values(
        phase=content.ref("fasen", "fase.voorbeschouwing"),
        interpreter=content.ref("gesprek", "tolk.aanwezig"),
        place="Gespreksruimte 2",
    )
    talks.begin(session, first, adults)
    before = talk_view.load(session, first.id).talk
    for topic in content.topics:
        circumstances.ask(session, before, topic.code, circumstances.NONE)
    _agree(
        session, saved, first.id, "Lusine Hakobyan", "belt haar zus over een school in Gyumri", "2026-11-27"
    )
    mark = Phase(
        id=new_id(), scope=saved, phase=content.ref("fasen", "fase.overpeinzing"), from_on="2026-11-12",
        reason="Stelt zelf vragen over school.",
    )  # fmt: skip
    talks.finish(session, before, before.with_values(notes="Eerste gesprek."), phases=[mark])
    second = talk_proposal.propose(session, saved).talk.with_values(
        phase=content.ref("fasen", "fase.overpeinzing")
    )
    talks.begin(session, second, adults, {"OP-01": "antwoord.ja", "OP-02": "antwoord.ja"})
    talk = talk_view.load(session, second.id).talk
    talks.answer(session, talk, "OP-03", "antwoord.niet-besproken")
    talks.save(session, talk, talk.with_values(notes=_NOTES, goal="Weten wat school voor hen betekent."))
    return _Case(session=session, dossier=saved, talk=second.id, persons=adults)


def _agree(session: Session, dossier: str, talk: str, who: str, what: str, due: str) -> None:
    talks.agree(
        session, None, Agreement(id=new_id(), scope=dossier, talk=talk, who=who, what=what, due_on=due)
    )


def _window(case: _Case, place: Place) -> Window:
    desk = made_up_desk(case.session)
    window = in_window(desk, pages.page_specs(desk), place)
    settle(desk)
    return window


_made = iter(range(1_000_000))  # each picture its own store: scenes write


def _mode(step: str) -> QWidget:
    case = _case(f"mode {next(_made)}")
    desk = made_up_desk(case.session)
    window = in_window(desk, pages.page_specs(desk), Place(page="talk", subject=case.talk))
    page = window.current_page()
    assert isinstance(page, TalkPage)
    for code, seconds in (("stap.opening", 240), ("stap.terugblik", 360), ("stap.hun-agenda", 1020)):
        page.mode.presenter.clock.seconds[code] = seconds
    page.mode.presenter.choose_step(step)
    settle(desk)
    page.mode.show_saved("Bewaard om 10:36:08")
    page.mode.take_focus()
    return window


def _talk() -> QWidget:
    return _mode("stap.verdieping")


def _looking_back() -> QWidget:
    return _mode("stap.terugblik")


def _special() -> QWidget:
    return _mode("stap.bijzonderheden")


def _agreements() -> QWidget:
    return _mode("stap.afspraken")


def _new() -> QWidget:
    case = _case(f"new {next(_made)}")
    return _window(case, Place(page="talk_new", subject=case.dossier))


def _finish() -> QWidget:
    case = _case(f"finish {next(_made)}")
    talk = talk_view.load(case.session, case.talk).talk
    for topic in case.session.content.topics[:4]:
        circumstances.ask(case.session, talk, topic.code, circumstances.NONE)
    return _window(case, Place(page="talk", subject=case.talk, part="finish"))


def _report() -> QWidget:
    case = _case(f"report {next(_made)}")
    talk = talk_view.load(case.session, case.talk).talk
    for topic in case.session.content.topics:
        circumstances.ask(case.session, talk, topic.code, circumstances.NONE)
    _agree(
        case.session, case.dossier, case.talk, "Armen Hakobyan", "vraagt de school om rapporten", "2026-11-30"
    )
    talks.finish(
        case.session,
        talk,
        talk.with_values(summary="“Wij willen eerst weten hoe het met school gaat.”"),
        minutes={},
    )
    return _window(case, Place(page="talk", subject=case.talk))


def _list() -> QWidget:
    desk = made_up_desk(made_up_session(40))
    return in_window(desk, pages.page_specs(desk), Place(page="talks", part="held"))


def _empty() -> QWidget:
    desk = made_up_desk(made_up_session(0))
    return in_window(desk, pages.page_specs(desk), Place(page="talks"))


SCENES = (
    Scene(name="talk", build=_talk),
    Scene(name="talk-looking-back", build=_looking_back),
    Scene(name="talk-special", build=_special),
    Scene(name="talk-agreements", build=_agreements),
    Scene(name="talk-new", build=_new),
    Scene(name="talk-finish", build=_finish),
    Scene(name="talk-report", build=_report),
    Scene(name="talks", build=_list),
    Scene(name="talks-empty", build=_empty),
)
