"""Which language speaks, and how a text is found in it.

Msgids are English with keyword placeholders; Dutch is the default. The language of the screen is set once with
`set_language`. Documents have a language of their own, so a piece of work can say `with in_language("nl"):`,
also on a worker thread, without touching the screen.
"""

import gettext
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final, Literal, Protocol, get_args

from typing_extensions import override

from app.i18n.pseudo import stretched

Language = Literal["nl", "en", "xx"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DEFAULT_LANGUAGE: Final[Language] = "nl"
DOMAIN: Final = "regiemap"
LOCALE_FOLDER: Final = Path(__file__).resolve().parents[2] / "locale"

_screen_language: Language = DEFAULT_LANGUAGE
_piece_language: ContextVar[Language | None] = ContextVar("piece_language", default=None)


class UnknownLanguage(ValueError):
    """A language for which there is no catalogue was asked for."""


class Saying(Protocol):
    """What `problem_text` needs of a known problem; the domain's class has it without knowing this package."""

    @property
    def message(self) -> str:
        """The msgid, English, with keyword placeholders."""
        ...

    @property
    def params(self) -> Mapping[str, str | int]:
        """The values for the placeholders."""
        ...


class _Stretched(gettext.NullTranslations):
    """The pseudo-locale: what Dutch says, stretched."""

    def __init__(self, dutch: gettext.NullTranslations) -> None:
        super().__init__()
        self._dutch = dutch

    @override
    def gettext(self, message: str) -> str:
        return stretched(self._dutch.gettext(message))

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return stretched(self._dutch.ngettext(msgid1, msgid2, n))


def N_(text: str) -> str:  # noqa: N802 - the name that message extraction looks for
    """Return `text` unchanged; marks a msgid that is translated later, where it is shown."""
    return text


def _(msgid: str, /, **params: str | int) -> str:
    """Return `msgid` in the language that speaks; with `params`, its placeholders filled."""
    # gettext answers "" with the catalogue's header: never what a screen means.
    text = _translations(language()).gettext(msgid) if msgid else ""
    return text % params if params else text


def ngettext(singular: str, plural: str, count: int, /, **params: str | int) -> str:
    """Return the form for `count`; with `params`, its placeholders filled (`count` itself is not added)."""
    text = _translations(language()).ngettext(singular, plural, count)
    return text % params if params else text


def problem_text(problem: Saying) -> str:
    """Return the sentence of a known problem. A placeholder without a value is our mistake: KeyError."""
    return _(problem.message) % problem.params


def set_language(wanted: str) -> None:
    """Let the screen speak `wanted` from now on. Raises UnknownLanguage."""
    global _screen_language  # noqa: PLW0603 - one screen, one language
    _screen_language = _known(wanted)


def language() -> Language:
    """Return the language that speaks here: of the piece of work in hand, else of the screen."""
    return _piece_language.get() or _screen_language


@contextmanager
def in_language(wanted: str) -> Iterator[None]:
    """Let only the enclosed work speak `wanted`: a Dutch document from an English screen. Raises UnknownLanguage."""
    token = _piece_language.set(_known(wanted))
    try:
        yield
    finally:
        _piece_language.reset(token)


def _known(wanted: str) -> Language:
    for known in LANGUAGES:
        if known == wanted:
            return known
    raise UnknownLanguage(wanted)


@cache
def _translations(wanted: Language) -> gettext.NullTranslations:
    if wanted == "xx":
        return _Stretched(_translations(DEFAULT_LANGUAGE))
    return load(LOCALE_FOLDER / wanted / "LC_MESSAGES")


def load(folder: Path) -> gettext.NullTranslations:
    """Return the catalogue in `folder`: the compiled one, or the readable one when that is newer or alone.

    Compiled files are built and never committed; a fresh copy of the program must speak Dutch before its first
    build, and a translator must see a change without one. With neither file the msgids speak for themselves.
    """
    compiled, readable = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    if compiled.exists() and not (readable.exists() and readable.stat().st_mtime > compiled.stat().st_mtime):
        with compiled.open("rb") as mo:
            return gettext.GNUTranslations(mo)
    if not readable.exists():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(compiled_catalogue(readable)))


def compiled_catalogue(readable: Path) -> bytes:
    """Return the compiled form (GNU .mo) of a .po file; entries without a translation are left out."""
    # Only on the way without compiled files: a cold command must not pay for the parser.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with readable.open("rb") as po:
        catalogue = read_po(po)
    result = io.BytesIO()
    write_mo(result, catalogue)
    return result.getvalue()
