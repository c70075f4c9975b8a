"""Commands `state`, `outflow`, `close` and `reopen`: where a family stands, who left how, and when its dossier ends."""

import argparse
from collections.abc import Iterator, Sequence

from app.bootstrap import App
from app.cli import named
from app.cli.dossiers import dossier_ids
from app.cli.exit_code import DONE
from app.cli.opened import opened
from app.cli.said import Said
from app.domain.dated_event import bare_code, day_of
from app.domain.errors import KnownProblem
from app.domain.ident import new_id
from app.domain.kinds.dossier import Outflow
from app.domain.record import Record
from app.domain.words import N_
from app.i18n import _, formats, language
from app.services import case_states, closing, families, flow_page, outflows
from app.services.case_states import NewState, Standing
from app.services.flow_page import FlowPage
from app.services.session import Session
from app.storage.uow import Moved


class NotStanding(KnownProblem):
    """Only a state that stands can end."""

    message = N_("“%(asked)s” does not stand now.")


class NoSuchSupport(KnownProblem):
    """No support of this programme, or several."""

    message = N_("“%(asked)s” is not one support that was offered here. There are: %(names)s.")


# -- states ----------------------------------------------------------------------------------------------------------


def state(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Say how the family and its members stand; begin a state, or end one."""
    asks = not (arguments.set or arguments.end) or arguments.preview
    lines: list[str] = []
    with opened(arguments, app, read_only=asks) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        person = _one(session, dossier, arguments.person)
        on = arguments.on or session.today
        if arguments.set:
            wish = NewState(
                dossier=dossier,
                code=_state_code(session, arguments.set),
                on=on,
                reason=arguments.reason or "",
                person=person,
                also_ends=tuple(_state_code(session, each) for each in arguments.also_ends or ()),
            )
            lines += (
                _beginning(session, wish) if arguments.preview else _moved(case_states.begin(session, wish))
            )
        elif arguments.end:
            standing = _standing(session, dossier, person, arguments.end)
            if arguments.preview:
                lines += _ending([standing], on.isoformat())
            else:
                after = standing.record.with_values(to_on=on.isoformat())
                lines += _moved(case_states.mend(session, case_states.load(session, after.id), after))
        page = flow_page.read(session, dossier)
        unclear = {each.record.id for each in flow_page.unclear(session, page)}
    lines = [_("Nothing was written: this only says what would happen.")] * bool(arguments.preview) + lines
    lines += [_state_line(page, each, unclear) for each in page.states]
    values: dict[str, object] = {
        "preview": arguments.preview,
        "states": [_state_value(each, unclear) for each in page.states],
        "proposals": [{"state": each.state.code, "ends": bool(each.ends)} for each in page.proposals],
    }
    return DONE, Said(values=values, text=lines or [_("No state is written down.")])


def _state_code(session: Session, asked: str) -> str:
    return named.code(tuple(session.content.case_states.values()), asked.lower())


def _standing(session: Session, dossier: str, person: str, asked: str) -> Standing:
    code = _state_code(session, asked)
    for each in case_states.of_dossier(session, dossier):
        if each.stands and (each.person, each.code) == (person, code):
            return each
    raise NotStanding(asked=asked)


def _beginning(session: Session, wish: NewState) -> Iterator[str]:
    found = case_states.of_dossier(session, wish.dossier)
    must, mostly = case_states.makes_way(session, found, wish.code, wish.person)
    yield _("%(state)s begins on %(day)s.", state=_words(session, wish.code), day=formats.fact(wish.on))
    yield from _ending(
        [*must, *(each for each in mostly if each.code in wish.also_ends)], wish.on.isoformat()
    )


def _words(session: Session, code: str) -> str:
    return session.content.case_states[code].label(language())


def _ending(found: Sequence[Standing], on: str) -> list[str]:
    return [_("%(state)s ends on %(day)s.", state=each.words, day=_day(on)) for each in found]


def _state_line(page: FlowPage, each: Standing, unclear: set[str]) -> str:
    until = "" if each.stands else f" – {_day(each.record.to_on)}"
    who = f"  ({_name(page, each.person)})" if each.person else ""
    note = _("unclear: see conflicts") if each.record.id in unclear else ""
    line = f"{each.words or _('unknown')}  {_day(each.record.from_on)}{until}{who}"
    return "  ".join(part for part in (line, each.record.reason or "", note) if part)


def _state_value(each: Standing, unclear: set[str]) -> dict[str, object]:
    return {
        "id": each.record.id,
        "state": each.code or None,
        "words": each.words,
        "person": each.person or None,
        "from": each.record.from_on,
        "to": each.record.to_on,
        "stands": each.stands,
        "unclear": each.record.id in unclear,
        "reason": each.record.reason,
    }


# -- outflow ---------------------------------------------------------------------------------------------------------


def outflow(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Say who left how; record it for some members at once, or take it away."""
    asks = not (arguments.person or arguments.remove) or arguments.preview
    lines: list[str] = []
    with opened(arguments, app, read_only=asks) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        if arguments.remove and not arguments.preview:
            outflows.remove(session, arguments.remove)
            lines.append(_("Outflow removed"))
        elif arguments.person:
            persons = named.members(families.load(session, dossier), arguments.person)
            wanted = _wanted(session, dossier, arguments)
            if arguments.preview:
                lines.append(_("Nothing was written: this only says what would happen."))
                page = flow_page.read(session, dossier)
                lines += [_outflow_line(session, page, wanted.with_values(person=each)) for each in persons]
                return DONE, Said(values={"preview": True, "persons": list(persons)}, text=lines)
            lines += _moved(outflows.record(session, wanted, persons))
        page = flow_page.read(session, dossier)
        lines += [_outflow_line(session, page, each) for each in page.outflows]
        values: dict[str, object] = {
            "outflows": [_plain(each) for each in page.outflows],
            "staying": list(page.staying),
            "supports": [_plain(each) for each in page.supports],
        }
    return DONE, Said(values=values, text=lines or [_("Nobody left the caseload.")])


def _plain(each: Record) -> dict[str, object]:
    return {"id": each.id, **each.values()}


def _wanted(session: Session, dossier: str, arguments: argparse.Namespace) -> Outflow:
    kind = named.ref(session, outflows.KINDS, arguments.kind)
    sort = arguments.sort
    if sort and kind:
        sort = session.content.ref("basis", named.code(outflows.sorts_of(session, bare_code(kind)), sort))
    country = arguments.country.upper() if arguments.country else ""
    if country and country not in session.content.countries:
        raise named.NoSuchCode(asked=country, codes="ISO 3166: AM, GE, IQ …")
    return Outflow(
        id=new_id(),
        scope=dossier,
        kind=kind,
        sub_kind=sort,
        on=(arguments.on or session.today).isoformat() if not arguments.day_unknown else None,
        proof=arguments.proof,
        country=session.content.ref("landen", country) if country else None,
        support=_support(session, dossier, arguments.support) if arguments.support else None,
        reported_on=arguments.reported_on.isoformat() if arguments.reported_on else None,
        reported_to=arguments.reported_to,
    )


def _support(session: Session, dossier: str, asked: str) -> str:
    found = flow_page.read(session, dossier).supports
    meant = [
        each.id
        for each in found
        if asked in (each.id, named.short(bare_code(each.programme or ""))) and asked
    ]
    if len(meant) != 1:
        names = ", ".join(f"{named.short(bare_code(each.programme or ''))} ({each.id})" for each in found)
        raise NoSuchSupport(asked=asked, names=names or "–")
    return meant[0]


def _outflow_line(session: Session, page: FlowPage, each: Outflow) -> str:
    content = session.content
    how = ": ".join(
        word
        for word in (content.label(each.kind, language()), content.label(each.sub_kind, language()))
        if word
    )
    reported = _("reported on %(day)s", day=_day(each.reported_on)) if each.reported_on else ""
    country = content.label(each.country, language()) if each.country else ""
    rest = [part for part in (country, each.proof or "", reported) if part]
    return "  ".join((each.id, _name(page, each.person or ""), how or _("unknown"), _day(each.on), *rest))


# -- closing ---------------------------------------------------------------------------------------------------------


def close(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Close a dossier, or say what that would leave open."""
    with opened(arguments, app, read_only=arguments.preview) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        view = closing.view(session, dossier)
        page = flow_page.read(session, dossier)
        lines = [_("Without an outflow: %(name)s", name=_name(page, each)) for each in view.without_outflow]
        lines += [_("Still open: %(what)s", what=_open(each)) for each in view.matters]
        if arguments.preview:
            lines.insert(0, _("Nothing was written: this only says what would happen."))
        else:
            lines += _moved(closing.close(session, view.dossier, arguments.on or session.today))
            lines.append(_("The dossier is closed. It can be opened again."))
    values: dict[str, object] = {
        "closed": not arguments.preview,
        "everybody_left": view.everybody_left,
        "without_outflow": list(view.without_outflow),
        "open": [{"what": each.what, "words": each.words} for each in view.matters],
    }
    return DONE, Said(values=values, text=lines)


def _open(each: closing.OpenMatter) -> str:
    if each.what == closing.DIFFERENCES:
        return _("%(count)s differences to clear up", count=each.words)
    return ", ".join(part for part in (each.words, formats.fact(each.on) if each.on else "") if part)


def reopen(arguments: argparse.Namespace, app: App) -> tuple[int, Said]:
    """Open a closed dossier again, with a new inflow."""
    with opened(arguments, app) as unlocked:
        session = unlocked.session
        (dossier,) = dossier_ids(session, [arguments.dossier])
        family, page = families.load(session, dossier), flow_page.read(session, dossier)
        source = named.ref(session, "instroom", arguments.source) or session.content.ref(
            "basis", closing.AGAIN
        )
        inflow = closing.new_inflow(session, dossier).with_values(
            on=(arguments.on or session.today).isoformat(), source=source, from_whom=arguments.from_whom
        )
        past = {person: name.full for person, name in page.names.items()}
        back = named.members(family, arguments.person or (), past)
        moved = closing.reopen(session, page.closing.dossier, inflow, back)
    text = [*_moved(moved), _("The dossier is open again.")]
    return DONE, Said(values={"inflow": inflow.id, "back": list(back)}, text=text)


# -- words -----------------------------------------------------------------------------------------------------------


def _one(session: Session, dossier: str, asked: str | None) -> str:
    if not asked:
        return ""
    page = flow_page.read(session, dossier)
    past = {person: name.full for person, name in page.names.items()}
    return named.members(families.load(session, dossier), [asked], past)[0]


def _name(page: FlowPage, person: str) -> str:
    return (page.names[person].full if person in page.names else "") or _("name unknown")


def _day(day: str | None) -> str:
    on = day_of(day)
    return formats.fact(on) if on else _("day unknown")


def _moved(moved: Sequence[Moved]) -> list[str]:
    """That a colleague had changed something meanwhile."""
    return [_("Somebody changed this meanwhile: both values stand, see conflicts.")] if moved else []
