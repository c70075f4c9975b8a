"""Taking one value out for good, from what a deed of the timeline changed: which, why, and what follows."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.errors import KnownProblem
from app.i18n import _, formats, language, ngettext, problem_text
from app.services import taking_out
from app.services.session import Session
from app.services.taking_out import Takeable, TakingOut, said
from ui.presenters.gate import Runner

_IN_QUESTION = 6
_LONGEST = 80


class TakeOutScreen(Protocol):
    """What the presenter asks of the block."""

    def show_choices(self, values: Sequence[tuple[str, str]], reasons: Sequence[tuple[str, str]]) -> None:
        """Offer these values to choose from, by key; none means that there is nothing to take out."""

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show sentences under the fields value and reason."""

    def ask(self, key: str, reason: str, question: str, follows: str) -> None:
        """Ask before it is done; on yes `take_out` is called with the same key and reason."""

    def show_done(self, sentence: str) -> None:
        """It was taken out."""

    def show_problem(self, sentence: str) -> None:
        """It could not be."""


class TakeOutPresenter:
    """Works on what one deed wrote, by record and field."""

    def __init__(self, session: Session, runner: Runner, screen: TakeOutScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._dossier = ""
        self._offered: dict[str, Takeable] = {}

    def open(self, dossier: str, cells: Sequence[tuple[str, str]]) -> None:
        """Offer what these fields of a family hold or held."""
        self._dossier = dossier
        session, wanted = self._session, frozenset(cells)

        def show(found: tuple[Takeable, ...]) -> None:
            if dossier == self._dossier:
                self._show(found)

        self._runner.start(lambda: taking_out.offered(session, dossier, wanted), show, self._failed)

    def look(self, key: str, reason: str) -> None:
        """Find out what it would do, and ask."""
        errors = {}
        if key not in self._offered:
            errors["value"] = _("Choose what is taken out.")
        if not reason:
            errors["reason"] = _("Choose why this is taken out.")
        self._screen.show_errors(errors)
        if errors:
            return
        session, dossier, chosen = self._session, self._dossier, self._offered[key]

        def ask(found: TakingOut) -> None:
            self._screen.ask(key, reason, question(found), follows(found))

        self._runner.start(
            lambda: taking_out.look(session, dossier, chosen.record, chosen.field), ask, self._failed
        )

    def take_out(self, key: str, reason: str) -> None:
        """Do it; there is no way back."""
        session, dossier, chosen = self._session, self._dossier, self._offered[key]

        def done(_nothing: None) -> None:
            self._screen.show_done(_("Taken out for good: %(what)s.", what=said(chosen, named=False)))

        self._runner.start(
            lambda: taking_out.take_out(session, dossier, chosen.record, chosen.field, reason),
            done,
            self._failed,
        )

    def _show(self, found: tuple[Takeable, ...]) -> None:
        self._offered = {f"{one.record}.{one.field}": one for one in found}
        content = self._session.content
        self._screen.show_choices(
            [(key, _entry(one)) for key, one in self._offered.items()],
            [(code, content.label(code, language())) for code in taking_out.reasons(self._session)],
        )

    def _failed(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))


def _entry(one: Takeable) -> str:
    return f"{said(one)}: {_short(one.values[0])}" if one.values else said(one)


def question(found: TakingOut) -> str:
    """The sentence that is asked."""
    return _("Take out for good: %(what)s?", what=said(found.what))


def follows(found: TakingOut) -> str:
    """The values that go, where they go, and what keeps them."""
    return "\n\n".join((_values(found), " ".join(_consequences(found))))


def _values(found: TakingOut) -> str:
    shown = found.values[:_IN_QUESTION]
    lines = [
        " ".join(
            (
                _("Now: “%(value)s”.", value=_short(one.words))
                if one.stands
                else _("Earlier: “%(value)s”.", value=_short(one.words)),
                _(
                    "Written by %(who)s, %(when)s.",
                    who=one.officer or _("unknown"),
                    when=formats.deed(one.at),
                ),
            )
        )
        for one in shown
    ]
    more = len(found.values) - len(shown)
    if more:
        lines.append(
            ngettext(
                "And %(count)d value from before.", "And %(count)d values from before.", more, count=more
            )
        )
    return "\n".join(lines)


def _consequences(found: TakingOut) -> list[str]:
    said_ = [_("All of this goes from this laptop at once. This cannot be undone.")]
    if found.own:
        said_.append(_("It is your own mark, which nobody else has."))
    elif found.colleagues:
        names = formats.listed(list(found.colleagues))
        said_.append(
            _(
                "With the next file it goes from the laptops of colleagues too. It was shared with: %(names)s.",
                names=names,
            )
        )
    else:
        said_.append(_("It was given to no colleague yet."))
    said_.append(
        _("Backups, files given before and papers that were printed or saved still hold it."
          " That something stood there, and who wrote it, stays in the timeline.")
    )  # fmt: skip
    return said_


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}…"
