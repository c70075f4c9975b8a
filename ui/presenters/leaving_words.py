"""What the tab «Overdragen» says: how handing over stands, what keeps a family here, what destroying would do."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.exchange_facts import Colleague
from app.i18n import _, formats, ngettext
from app.services.handing_over import HandoverState, Offer
from app.services.held_elsewhere import first_advice, lacks_advice, lacks_words
from app.services.leaving_page import LeavingPage
from app.services.offer_words import about_offer, offered_to_me
from app.services.removal import DestroyCheck, DropCheck, Member, WaitingDestruction
from app.services.session import DUTCH_TIME

FORM, OFFERED, ASKED, LENT, CROSSED, ELSEWHERE = "form", "offered", "asked", "lent", "crossed", "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A line: words, a quiet line below, an icon in its role."""

    main: str
    second: str = ""
    icon: str = "state.info"
    role: str = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView:
    """`mode` says which wishes are offered; `receiver` is the device that a file is made for, `name` theirs.
    `for_me`: the overview is for this officer, who takes the family over or did.
    """

    mode: str
    lines: tuple[Said, ...]
    colleagues: tuple[tuple[str, str], ...] = ()
    receiver: str = ""
    name: str = ""
    for_me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DropView:
    """Whether the family may leave this laptop, and what the question says."""

    allowed: bool
    lines: tuple[Said, ...]
    question: str
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveView:
    """What removing as a mistake would do."""

    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DestroyView:
    """`asked` are destructions that a colleague asks for: (scope, title, what follows); then the form is away.
    `members` may go along or by themselves: (id, name)."""

    allowed: bool
    lines: tuple[Said, ...]
    reasons: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    members_words: str
    question: str
    follows: str
    asked: tuple[tuple[str, str, str], ...] = ()


# -- handing over -----------------------------------------------------------------------------------------------------


def handover_view(page: LeavingPage) -> HandoverView:
    """How it stands, and what can be done."""
    state = page.state
    mode = _mode(page)
    offer = state.offer
    receiver = offer.device if offer is not None else ""
    name = offer.officer_name if offer is not None else ""
    if mode == LENT and state.lent is not None:
        name = state.lent.by_name
    return HandoverView(
        mode=mode,
        lines=tuple(_handover_lines(page, mode)),
        colleagues=tuple((one.device, _colleague(one)) for one in page.colleagues),
        receiver=receiver,
        name=name,
        for_me=state.to_me or (state.mine and state.taken is not None and not state.by_me),
    )


def _mode(page: LeavingPage) -> str:
    state = page.state
    if state.to_me:
        return ASKED
    if state.by_me:
        return OFFERED
    if state.crossed:
        return CROSSED
    if state.i_give_back:
        return LENT
    return FORM if state.mine or not state.owner else ELSEWHERE


def _handover_lines(page: LeavingPage, mode: str) -> Iterator[Said]:
    state, offer = page.state, page.state.offer
    if state.crossed:
        yield Said(
            main=_("It is not clear who has this family: more than one colleague took it over, or an offer was"
                   " withdrawn and accepted apart."),
            second=_("Agree with your colleagues and clear up the difference."),
            icon="state.clash", role="clash",
        )  # fmt: skip
    elif state.mine:
        yield Said(main=_("You are the case officer of this family."), icon="sign.colleagues")
    elif state.owner_name:
        words = _("%(name)s is the case officer of this family.", name=state.owner_name)
        yield Said(main=words, icon="sign.colleagues")
    elif state.owner:
        yield Said(
            main=_("The name of the case officer of this family is not known here."), icon="state.unknown"
        )
    else:
        yield Said(main=_("No case officer is named for this family."), icon="state.unknown")
    if offer is not None and mode == ASKED:
        yield Said(
            main=offered_to_me(offer),
            second=about_offer(offer),
        )
    elif offer is not None:
        yield Said(
            main=_(
                "Offered to %(name)s on %(day)s. No answer yet.", name=offer.officer_name, day=_day(offer)
            ),
            second=about_offer(offer),
        )
    if state.lent is not None and state.lent.returns_on is not None:
        yield _lent(state, state.lent)
    if mode == FORM and not page.colleagues:
        yield Said(
            main=_("There is no colleague yet whose laptop you compared."),
            second=_(
                "Add the card of a colleague on the page Colleagues and compare the six groups of digits."
            ),
            icon="state.watch",
            role="watch",
        )


def _lent(state: HandoverState, lent: Offer) -> Said:
    day = formats.fact(lent.returns_on) if lent.returns_on else ""
    if state.mine:
        return Said(
            main=_("You stand in for %(name)s until %(day)s.", name=lent.by_name, day=day), icon="sign.week"
        )
    return Said(
        main=_("%(name)s stands in for you until %(day)s.", name=lent.officer_name, day=day), icon="sign.week"
    )


def _day(offer: Offer) -> str:
    return formats.fact(offer.at.astimezone(DUTCH_TIME).date())


def _colleague(one: Colleague) -> str:
    return ", ".join(part for part in (one.name, one.office) if part)


# -- taken off this laptop --------------------------------------------------------------------------------------------


def drop_view(page: LeavingPage) -> DropView:
    """What keeps it here, or what would go."""
    check = page.drop
    return DropView(
        allowed=check.allowed,
        lines=tuple(_drop_lines(check)),
        question=_("Take the family %(title)s off this laptop?", title=page.state.title),
        follows=" ".join(_drop_follows(check)),
    )


def _drop_lines(check: DropCheck) -> Iterator[Said]:
    for name in check.holders:
        yield Said(
            main=_("%(name)s has confirmed to hold all of it.", name=name), icon="state.good", role="good"
        )
    for one in check.behind:
        yield Said(main=lacks_words(one), second=lacks_advice(one), icon="state.watch", role="watch")
    if not check.holders and not check.behind:
        yield Said(
            main=_("No colleague has confirmed to hold this family."),
            second=first_advice(check.parts),
        )
    if check.set_apart:
        yield Said(
            main=_("Some changes of this family were set apart. Decide about those first."),
            icon="state.watch",
            role="watch",
        )


def _drop_follows(check: DropCheck) -> Iterator[str]:
    yield _("It goes from this laptop only. A colleague has all of it and can give it back to you by file.")
    if check.staying:
        yield _("Staying, because of another family here: %(names)s.", names=_names(check.staying))
    if check.own_marks:
        yield ngettext(
            "Your own mark with this family goes to nobody and will be gone.",
            "Your %(count)d own marks with this family go to nobody and will be gone.",
            check.own_marks,
            count=check.own_marks,
        )
    if check.drafts:
        yield _("What you were typing and did not save will be gone too.")


# -- removed as a mistake ---------------------------------------------------------------------------------------------


def remove_view(page: LeavingPage) -> RemoveView:
    """Who goes along, who stays, and with which colleagues it goes too."""
    check, lines = page.remove, []
    if check.staying:
        lines.append(
            Said(main=_("Staying, because of another family here: %(names)s.", names=_listed(check.staying)))
        )
    if check.colleagues:
        names = formats.listed(list(check.colleagues))
        lines.append(
            Said(main=_("With the next file it leaves the lists of colleagues too: %(names)s.", names=names))
        )
    return RemoveView(lines=tuple(lines))


# -- destroyed --------------------------------------------------------------------------------------------------------


def destroy_view(page: LeavingPage) -> DestroyView:
    """What may be done, and what it would do."""
    check, title = page.destroy, page.state.title
    return DestroyView(
        allowed=check.allowed,
        lines=tuple(_destroy_lines(page)),
        reasons=tuple((reason.code, reason.words) for reason in page.reasons),
        members=tuple((member.person, member.name or _("name unknown")) for member in check.members),
        members_words=_("Also the persons: %(names)s", names=_names(check.members)) if check.members else "",
        question=_("Destroy the family %(title)s for good?", title=title),
        follows=" ".join(_destroy_follows(check)),
        asked=tuple(
            (one.scope, one.title, " ".join(_asked_follows(one)))
            for one in page.waiting
            if not one.lives_elsewhere
        ),
    )


def _destroy_lines(page: LeavingPage) -> Iterator[Said]:
    reasons = {reason.code: reason.words for reason in page.reasons}
    for one in page.waiting:
        yield Said(
            main=_("%(name)s asks to destroy %(title)s.", name=one.by or _("A colleague"), title=one.title),
            second=" ".join(_asked(one, reasons.get(one.reason, one.reason))),
            icon="state.late",
            role="late",
        )
    if not page.waiting and page.destroy.why_not:
        yield Said(main=_(page.destroy.why_not))


def _asked(one: WaitingDestruction, reason: str) -> Iterator[str]:
    yield _("Reason: %(reason)s.", reason=reason)
    if one.lives_elsewhere:
        yield _("This person belongs to another family on this laptop and stays here.")
    elif not one.entitled:
        yield _("This colleague is neither its case officer nor the registrar. Ask before you agree.")
    elif one.days_left is not None:
        yield days_left(one.days_left)


def days_left(count: int) -> str:
    """After how many more days of reminding it takes effect."""
    if not count:
        return _("Without your answer it takes effect by itself on the next day that you work here.")
    return ngettext(
        "Without your answer it takes effect after %(count)d more day on which you saw this.",
        "Without your answer it takes effect after %(count)d more days on which you saw this.",
        count,
        count=count,
    )


def _asked_follows(one: WaitingDestruction) -> Iterator[str]:
    yield _("Everything about it goes from this laptop for good, your own marks too. This cannot be undone.")
    if one.unseen:
        yield ngettext(
            "%(count)d change here was not known to your colleague. It is set apart, for you to decide about.",
            "%(count)d changes here were not known to your colleague. They are set apart, for you to decide about.",
            one.unseen,
            count=one.unseen,
        )


def _destroy_follows(check: DestroyCheck) -> Iterator[str]:
    yield _("Everything about it goes from this laptop for good, your own marks too. This cannot be undone.")
    yield _(
        "Colleagues who have it are asked to do the same. A backup does not bring it back on this laptop."
    )
    if check.staying:
        yield _("Staying, because of another family here: %(names)s.", names=_names(check.staying))


def person_question(name: str) -> tuple[str, str]:
    """What is asked before one member is destroyed, and what follows."""
    return (
        _("Destroy %(title)s for good?", title=name),
        " ".join(
            (
                _(
                    "Everything about it goes from this laptop for good, your own marks too. This cannot be undone."
                ),
                _("The family stays, and so does what its talks, requests and papers say of this person."),
                _(
                    "Colleagues who have it are asked to do the same. A backup does not bring it back on this laptop."
                ),
            )
        ),
    )


def _names(members: tuple[Member, ...]) -> str:
    return _listed(tuple(member.name for member in members))


def _listed(names: tuple[str, ...]) -> str:
    return formats.listed([name or _("name unknown") for name in names])
