"""Colleagues and the own card: what is shown, and every deed of trust with the sentence that says it was done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from app.domain.errors import KnownProblem
from app.domain.exchange_facts import Colleague, Trust
from app.i18n import _, language, problem_text
from app.services import trust, trust_card, trust_page
from app.services.session import Session
from app.services.trust_page import Deed, Known, TrustPage
from app.services.trust_problem import GroupsDiffer, GroupsNotRead
from ui.bridge.cell import Cell
from ui.presenters import colleague_words
from ui.presenters.colleague_words import DetailView
from ui.presenters.gate import Runner, SheetPage

_PRINT_DPI = 300
How = Literal["qr", "phone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """The own card: `modules` is the QR code, `code_text` what it says."""

    name: str
    office: str
    groups: tuple[str, ...]
    modules: tuple[tuple[bool, ...], ...]
    code_text: str
    is_registrar: bool
    is_revoked: bool
    read_only: bool


class ColleaguesScreen(Protocol):
    """What the presenter asks of the page."""

    def show_own(self, own: OwnView) -> None:
        """Show the own card."""

    def show_colleagues(self, rows: Sequence[tuple[str, tuple[Cell, ...]]], chosen: str) -> None:
        """Show these lines and choose one, "" for the one that was chosen; none: there are no cards yet."""

    def show_typed_error(self, sentence: str) -> None:
        """What was typed does not fit; it stays."""

    def show_done(self, sentence: str) -> None:
        """Something was done."""

    def show_problem(self, sentence: str) -> None:
        """Something could not be done; "" takes the sentence away."""

    def print_pages(self, pages: Sequence[SheetPage]) -> bool:
        """Let the officer print; False when the print window was closed without printing."""


class ColleaguesPresenter:
    """Works on one store."""

    def __init__(self, session: Session, runner: Runner, screen: ColleaguesScreen) -> None:
        self._session, self._runner, self._screen = session, runner, screen
        self._known: dict[str, Known] = {}
        self._own_name, self._earlier = "", frozenset[str]()

    # -- showing ---------------------------------------------------------------------------------------------------

    def reload(self, chosen: str = "") -> None:
        """Read everything anew."""
        session = self._session
        self._runner.start(
            lambda: _read(session), lambda found: self._show(found[0], found[1], chosen), self._refused
        )

    def _show(self, page: TrustPage, own: OwnView, chosen: str) -> None:
        self._own_name = page.own.name
        self._earlier = frozenset(one.colleague.device for one in page.earlier)
        self._known = {one.colleague.device: one for one in (*page.colleagues, *page.earlier)}
        self._screen.show_own(own)
        rows = [
            (device, colleague_words.row(self._session, one, self._own(device)))
            for device, one in self._known.items()
        ]
        self._screen.show_colleagues(rows, chosen)

    def detail(self, device: str) -> DetailView:
        """One device in full; KeyError when it is not shown."""
        return colleague_words.detail(self._session, self._known[device], self._own(device))

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """The reasons for revoking."""
        return trust.reasons(self._session, language())

    def _own(self, device: str) -> str:
        return self._own_name if device in self._earlier else ""

    # -- deeds -----------------------------------------------------------------------------------------------------

    def add(self, path: Path) -> None:
        """Keep the card in a file."""
        session = self._session
        self._do(lambda: trust_card.add_file(session, path), _added)

    def verify(self, device: str, typed: str, how: How) -> None:
        """Compare what was typed; a scanned code counts as being there in person."""
        session = self._session
        said = self.typed_problem(typed)
        if said:
            self._screen.show_typed_error(said)
            return
        seen: How = "qr" if trust_card.is_scanned(typed) else how
        self._screen.show_problem("")
        self._runner.start(
            lambda: trust.verify(session, device, typed, seen),
            lambda one: self._done(one, _("%(name)s is compared. You can exchange files.", name=one.name)),
            self._not_compared,
        )

    def typed_problem(self, typed: str) -> str:
        """What is wrong before anything is compared: nothing typed."""
        return "" if typed.strip() else problem_text(GroupsNotRead())

    def do(self, device: str, deed: Deed) -> None:
        """One of the deeds that need nothing more than a device."""
        session = self._session
        ways: dict[Deed, tuple[Callable[[], Colleague], str]] = {
            Deed.REGISTRAR_ON: (
                lambda: trust.set_registrar(session, device, True),
                _("%(name)s is registrar for you."),
            ),
            Deed.REGISTRAR_OFF: (
                lambda: trust.set_registrar(session, device, False),
                _("%(name)s is no longer registrar for you."),
            ),
            Deed.VOUCH: (
                lambda: trust.vouch(session, device),
                _("%(name)s is on the roster. It goes along with your next files."),
            ),
            Deed.END_VOUCH: (
                lambda: trust.end_vouch(session, device),
                _("%(name)s is off the roster. It goes along with your next files."),
            ),
            Deed.REJECT: (lambda: trust.reject(session, device), _("%(name)s is rejected by you.")),
            Deed.UNREJECT: (
                lambda: trust.unreject(session, device),
                _("The rejection of %(name)s is taken back."),
            ),
        }
        work, words = ways[deed]
        self._do(work, lambda one: words % {"name": one.name or self._own_name})

    def revoke(self, device: str, reason: str) -> None:
        """For the whole location and for good; the page asked first."""
        session = self._session
        words = _("The device of %(name)s is revoked. It goes along with your next files.")
        self._do(
            lambda: trust.revoke(session, device, reason),
            lambda one: words % {"name": one.name or self._own_name},
        )

    def be_registrar(self, on: bool) -> None:
        """Speak for the location, or no longer."""
        session = self._session
        words = (
            _("You are registrar. Colleagues mark you as registrar after comparing.")
            if on
            else _("You are no longer registrar.")
        )
        self._do(
            lambda: trust.set_registrar(session, trust.own(session).device, on), lambda _own: words, own=True
        )

    def new_keys(self) -> None:
        """Go on as a new device; the page asked first."""
        session = self._session
        words = _("New keys are made. Save your card again and give it to your colleagues.")
        self._do(lambda: trust.new_keys(session), lambda _own: words, own=True)

    # -- the own card ----------------------------------------------------------------------------------------------

    def card_name(self) -> str:
        """The name to propose for the card file."""
        return trust_card.file_name(self._own_name)

    def save_card(self, path: Path) -> None:
        """Write the card file."""
        session = self._session
        words = _("Your card is saved. Give it to your colleagues; nothing in it is secret.")
        self._runner.start(
            lambda: trust_card.save_own(session, path), lambda _none: self._say(words), self._refused
        )

    def print_card(self) -> None:
        """Print the page to compare by."""
        session = self._session
        self._runner.start(lambda: _pictures(session), self._print, self._refused)

    def save_sheet(self, path: Path) -> None:
        """Write the same page as a PDF."""
        session = self._session
        words = _("The page is saved.")
        self._runner.start(lambda: _save_sheet(session, path), lambda _none: self._say(words), self._refused)

    def _print(self, pages: Sequence[SheetPage]) -> None:
        if self._screen.print_pages(pages):
            self._say(_("The page was sent to the printer."))

    # -- outcomes --------------------------------------------------------------------------------------------------

    def _do(
        self, work: Callable[[], Colleague], words: Callable[[Colleague], str], *, own: bool = False
    ) -> None:
        self._screen.show_problem("")
        self._runner.start(work, lambda one: self._done(one, words(one), own=own), self._refused)

    def _done(self, one: Colleague, sentence: str, *, own: bool = False) -> None:
        self._say(sentence)
        self.reload("" if own else one.device)

    def _say(self, sentence: str) -> None:
        self._screen.show_problem("")
        self._screen.show_done(sentence)

    def _not_compared(self, problem: KnownProblem) -> None:
        if isinstance(problem, GroupsDiffer | GroupsNotRead):
            self._screen.show_typed_error(problem_text(problem))
        else:
            self._refused(problem)

    def _refused(self, problem: KnownProblem) -> None:
        self._screen.show_problem(problem_text(problem))


def _added(one: Colleague) -> str:
    if one.new_keys:
        return _(
            "The new card of %(name)s is added. It is signed by the device that you know.", name=one.name
        )
    if one.trust is Trust.UNVERIFIED:
        return _(
            "The card of %(name)s is added. Compare the digits now, in person or by phone.", name=one.name
        )
    return _("The card of %(name)s is added.", name=one.name)


def _read(session: Session) -> tuple[TrustPage, OwnView]:
    page = trust_page.page(session)
    own = page.own
    return page, OwnView(
        name=own.name,
        office=own.office,
        groups=own.groups,
        modules=trust_card.qr_modules(own.device),
        code_text=trust_card.qr_text(own.device),
        is_registrar=page.is_registrar,
        is_revoked=page.own_revoked,
        read_only=page.read_only,
    )


def _pictures(session: Session) -> list[SheetPage]:
    from app.services import card_sheet  # the document kit is not needed to show the page

    pictures = card_sheet.pages(session, dpi=_PRINT_DPI)
    return [SheetPage(width=each.width, height=each.height, rgb=each.rgb) for each in pictures]


def _save_sheet(session: Session, path: Path) -> None:
    from app.services import card_sheet

    card_sheet.save(session, path)
