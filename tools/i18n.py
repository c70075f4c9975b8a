"""Keeps the catalogues: finds texts in the code, takes translations in, checks and compiles them.

    python tools/i18n.py extract          find all texts, bring nl and en up to date
    python tools/i18n.py add FILE.toml    the same, and take in pairs "English" = "Nederlands"
                                          (with a count: "English singular" = ["enkelvoud", "meervoud"])
    python tools/i18n.py check            say what is missing or wrong; exit code 1 if anything is
    python tools/i18n.py prune            drop translations that no code asks for any more
    python tools/i18n.py compile          write the .mo files

Files are written sorted, without dates and line numbers, so that two people's changes merge. A pair whose text is
not in the code (yet) is kept as an obsolete entry and comes back when the text appears; `prune` ends that.
"""

import argparse
import os
import re
import sys
import tempfile
import time
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import extract as babel_extract
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = "regiemap"
LANGUAGES = ("nl", "en")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "ngettext": (1, 2)}
HEADER = """\
# Regiemap: {title}. Made by tools/i18n.py; keep the texts, not the order.
msgid ""
msgstr ""
"Project-Id-Version: regiemap\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)")
LOCK_WAIT_S = 60.0
LOCK_STALE_S = 120.0

Forms = str | tuple[str, ...]


class CatalogueError(Exception):
    """A sentence about a file that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the catalogues of one copy of the program lie."""

    root: Path = ROOT

    @property
    def folder(self) -> Path:
        return self.root / "locale"

    @property
    def template(self) -> Path:
        return self.folder / f"{DOMAIN}.pot"

    def catalogue(self, language: str) -> Path:
        return self.folder / language / "LC_MESSAGES" / f"{DOMAIN}.po"


# --- reading the code ------------------------------------------------------------------------------------------


def extracted(layout: Layout) -> Catalog:
    """Return all texts in the code, as a template. A file that is no Python raises CatalogueError."""
    with (layout.folder / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    template = Catalog(domain=DOMAIN, charset="utf-8")
    try:
        for found in babel_extract.extract_from_dir(
            layout.root, methods, options, keywords=KEYWORDS, comment_tags=("NOTE:",), strip_comment_tags=True
        ):
            file_name, _line, text, comments, context = found
            place = Path(file_name).as_posix()
            # The line number only makes Babel keep the place; it is not written.
            template.add(text, None, [(place, 1)], auto_comments=comments, context=context)
    except (SyntaxError, UnicodeDecodeError) as problem:
        raise CatalogueError(f"a source file cannot be read: {problem}") from problem
    return template


# --- catalogues on disk ----------------------------------------------------------------------------------------


def forms_of(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return what Babel gives as one text, several, or nothing: as a tuple, one long unless it is counted."""
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def key_of(message: Message) -> str:
    """Return the msgid, of a counted text its singular."""
    return forms_of(message.id)[0]


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue in `path`, or an empty one if there is none yet."""
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    with path.open("rb") as po:
        return read_po(po, locale=language, domain=DOMAIN, charset="utf-8", abort_invalid=True)


def translations(catalogue: Catalog) -> dict[str, Forms]:
    """Return all translations in a catalogue, those that wait for their text included."""
    found: dict[str, Forms] = {}
    for message in [*catalogue.obsolete.values(), *catalogue]:
        said = forms_of(message.string)
        if message.id and any(said):
            found[key_of(message)] = said[0] if isinstance(message.id, str) else said
    return found


def rendered(catalogue: Catalog, language: str) -> bytes:
    """Return the file's bytes: sorted, no dates, no line numbers; equal for equal texts."""
    title = "all texts" if not language else f"texts in {language}"
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(title=title, language=language).encode() + body.getvalue()


def write(path: Path, content: bytes) -> None:
    """Write `content` whole or not at all; an equal file is left alone."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)


@contextmanager
def one_at_a_time(layout: Layout) -> Iterator[None]:
    """Hold the lock file of these catalogues: several people may add texts to one copy at once."""
    mark = format(zlib.crc32(str(layout.root).encode()), "08x")
    lock = Path(tempfile.gettempdir()) / f"regiemap-i18n-{mark}.lock"
    until = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if _age_s(lock) > LOCK_STALE_S:
                lock.unlink(missing_ok=True)
            elif time.monotonic() > until:
                raise CatalogueError(f"another i18n run holds {lock.name} in the temporary folder") from None
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


# --- the commands ----------------------------------------------------------------------------------------------


def merged(template: Catalog, language: str, known: dict[str, Forms]) -> Catalog:
    """Return the catalogue of `language` for all texts in `template`; English says the msgid where nothing is known."""
    catalogue = Catalog(locale=language, domain=DOMAIN, charset="utf-8")
    left = dict(known)
    for message in template:
        if not message.id:
            continue
        said = left.pop(key_of(message), None)
        ids = forms_of(message.id)
        counted = not isinstance(message.id, str)
        # A text that became counted, or no longer is, is translated anew.
        if said is not None and counted != isinstance(said, tuple):
            said = None
        if said is None and language == "en":
            said = ids if counted else ids[0]
        catalogue.add(message.id, said, message.locations, auto_comments=message.auto_comments)
    for msgid, forms in left.items():
        number = (msgid, msgid) if isinstance(forms, tuple) else msgid
        catalogue.obsolete[number] = Message(number, forms)
    return catalogue


def extract(
    layout: Layout, added: dict[str, Forms] | None = None, *, keep_waiting: bool = True
) -> dict[str, Forms]:
    """Bring template and catalogues up to date, `added` (Dutch) taken in; return the Dutch that waits for its text."""
    with one_at_a_time(layout):
        template = extracted(layout)
        texts = {key_of(message) for message in template if message.id}
        write(layout.template, rendered(template, ""))
        waiting: dict[str, Forms] = {}
        for language in LANGUAGES:
            known = translations(read(layout.catalogue(language), language))
            if language == "nl":
                known |= added or {}
                waiting = {msgid: forms for msgid, forms in known.items() if msgid not in texts}
            if language == "en" or not keep_waiting:
                known = {msgid: forms for msgid, forms in known.items() if msgid in texts}
            write(layout.catalogue(language), rendered(merged(template, language, known), language))
    return waiting


def pairs_in(path: Path) -> dict[str, Forms]:
    """Read a TOML file of pairs. Raises CatalogueError for anything that is no text or pair of texts."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise CatalogueError(f"{path.name}: {problem}") from problem
    pairs: dict[str, Forms] = {}
    for msgid, said in table.items():
        match said:
            case str() if said:
                pairs[msgid] = said
            case [str() as one, str() as more] if one and more:
                pairs[msgid] = (one, more)
            case _:
                raise CatalogueError(f"{path.name}: {msgid!r} needs a text or [singular, plural]")
    return pairs


def add(layout: Layout, path: Path) -> int:
    """Take in the pairs of `path`; say which do not meet a text. Returns the exit code."""
    pairs = pairs_in(path)
    waiting = extract(layout, pairs)
    for msgid in pairs:
        if msgid in waiting:
            print(f"not in the code yet, kept: {msgid!r}")
    wrong = [fault for fault in faults(layout) if any(repr(msgid) in fault for msgid in pairs)]
    for fault in wrong:
        print(fault, file=sys.stderr)
    print(f"{len(pairs)} pairs taken in, {len(missing(layout, 'nl'))} texts still without Dutch")
    return 1 if wrong else 0


def missing(layout: Layout, language: str) -> list[str]:
    """Return the msgids that have no translation."""
    catalogue = read(layout.catalogue(language), language)
    done = translations(catalogue)
    return [key_of(message) for message in catalogue if message.id and key_of(message) not in done]


# --- what can be wrong -----------------------------------------------------------------------------------------


def faults(layout: Layout) -> list[str]:
    """Return a sentence for each thing wrong with the catalogues, the untranslated texts left out."""
    found: list[str] = []
    for language in LANGUAGES:
        catalogue = read(layout.catalogue(language), language)
        for message in catalogue:
            if message.id:
                found += [
                    f"{language}: {fault}: {key_of(message)!r}" for fault in message_faults(message, language)
                ]
    return found


def message_faults(message: Message, language: str) -> Iterator[str]:
    """Yield what is wrong with one translation (design.md, Words: u-form, no exclamation marks)."""
    if message.fuzzy:
        yield "marked fuzzy"
    ids, said = forms_of(message.id), forms_of(message.string)
    counted = len(ids) > 1
    if not any(said):
        return
    for number, text in enumerate(said):
        wanted, given = names_in(ids[-1]), names_in(text)
        # A singular may say "één gezin": it names its number itself.
        if given != wanted and not (counted and number == 0 and given == wanted - {"count"}):
            yield f"placeholders {sorted(given)} instead of {sorted(wanted)} in {text!r}"
        elif wanted and not can_be_filled(text):
            yield f"a stray % in {text!r}"
        if language == "nl" and "!" in text:
            yield "an exclamation mark"
        if language == "nl" and re.search(r"\b(?:je|jij|jou|jouw|jullie)\b", text, re.IGNORECASE):
            yield "addresses the reader informally"


def names_in(text: str) -> set[str]:
    """Return the names of the placeholders in `text`."""
    return set(PLACEHOLDER.findall(text))


def can_be_filled(text: str) -> bool:
    """Say whether `text` is a whole format: "50 %" beside a placeholder must be written "50 %%"."""
    try:
        text % defaultdict(int)
    except (ValueError, TypeError):
        return False
    return True


def check(layout: Layout) -> int:
    """Say everything that keeps the catalogues from being finished. Returns the exit code."""
    found = faults(layout)
    template = extracted(layout)
    if not layout.template.exists() or layout.template.read_bytes() != rendered(template, ""):
        found.append("the template is out of date: run tools/i18n.py extract")
    wanted = {key_of(message) for message in template if message.id}
    for language in LANGUAGES:
        catalogue = read(layout.catalogue(language), language)
        known = {key_of(message) for message in catalogue if message.id}
        found += [f"{language}: not in the catalogue: {msgid!r}" for msgid in sorted(wanted - known)]
        found += [f"{language}: not in the code: {msgid!r}" for msgid in sorted(known - wanted)]
        found += [f"{language}: no translation: {msgid!r}" for msgid in missing(layout, language)]
        found += [
            f"{language}: no code asks for (prune?): {key_of(old)!r}" for old in catalogue.obsolete.values()
        ]
    for fault in found:
        print(fault, file=sys.stderr)
    print(f"{len(wanted)} texts, {len(found)} faults")
    return 1 if found else 0


def compile_all(layout: Layout) -> None:
    """Write the compiled file beside each catalogue."""
    for language in LANGUAGES:
        compiled = BytesIO()
        write_mo(compiled, read(layout.catalogue(language), language))
        write(layout.catalogue(language).with_suffix(".mo"), compiled.getvalue())
        # An unchanged file keeps its time, and an older one than its .po is not used.
        os.utime(layout.catalogue(language).with_suffix(".mo"))


def main(arguments: Sequence[str] | None = None, layout: Layout | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 something to mend."""
    parser = argparse.ArgumentParser(description="Keeps the catalogues of the program.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("extract", "check", "prune", "compile"):
        commands.add_parser(name)
    commands.add_parser("add").add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    layout = layout or Layout()
    try:
        match chosen.command:
            case "add":
                return add(layout, chosen.file)
            case "check":
                return check(layout)
            case "compile":
                compile_all(layout)
            case _:
                waiting = extract(layout, keep_waiting=chosen.command == "extract")
                print(f"{len(missing(layout, 'nl'))} texts without Dutch, {len(waiting)} without code")
    except (CatalogueError, OSError) as problem:
        print(f"i18n: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
