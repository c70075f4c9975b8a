"""Everything a package holds, line by line, without a store: nothing is taken in and nothing is hidden."""

from collections.abc import Iterator
from typing import BinaryIO

from app.domain.record import KINDS
from app.domain.words import N_
from app.exchange import extract
from app.exchange.extract import Extract
from app.exchange.manifest import EXTRACT_MEMBER, Manifest
from app.exchange.package_opening import LONGEST_LINE, Receiver, open_manifest
from app.exchange.problem import DamagedPackage
from app.exchange.stretch import is_action
from app.exchange.strict_json import line as parse_line
from app.i18n import _

Line = tuple[str, str, str]
PACKAGE, FAMILIES, STREAMS, CHANGES, SCANS = (
    N_("The file"),
    N_("Families"),
    N_("Stretches"),
    N_("Changes"),
    N_("Scans"),
)


def inspected_lines(source: BinaryIO, receiver: Receiver) -> tuple[str, tuple[Line, ...]]:
    """The package's id and (heading, what, value), headings as msgids. Raises `ExchangeProblem`."""
    manifest, members = open_manifest(source, receiver)
    found = list(_head(manifest))
    wanted = {entry.name: entry for entry in manifest.ops}
    segments = [segment for segment in manifest.segments for _op_no in range(segment.end - segment.start)]
    number = 0
    for member in members:
        if member.name == EXTRACT_MEMBER:
            found += _extract(extract.read(member.read(extract.MOST_BYTES)))
        elif member.name in wanted:
            for raw in member.lines(LONGEST_LINE):
                parsed = parse_line(raw)
                if is_action(parsed):
                    continue
                if number >= len(segments):
                    raise DamagedPackage
                scope = manifest.scopes[segments[number].scope][0]
                number += 1
                found += _op(scope, parsed)
        elif member.name.startswith("blobs/"):
            size = sum(len(chunk) for chunk in member.chunks())
            found.append((SCANS, member.name.removeprefix("blobs/"), str(size)))
        else:
            found.append((PACKAGE, member.name, str(member.size)))
            for _chunk in member.chunks():
                pass
    return manifest.id, tuple(found)


def _head(manifest: Manifest) -> Iterator[Line]:
    yield PACKAGE, N_("Number"), manifest.id
    yield PACKAGE, N_("Kind"), manifest.kind
    yield PACKAGE, N_("Made at"), manifest.made
    yield PACKAGE, N_("Made by the program"), manifest.program
    for entry in manifest.devices:
        yield PACKAGE, N_("Sender") if entry is manifest.sender else N_("Device"), entry.device
    for device in manifest.to:
        yield PACKAGE, N_("For"), device
    yield PACKAGE, N_("Parts"), ", ".join(manifest.compartments)
    for dossier, persons in manifest.families:
        yield FAMILIES, dossier, ", ".join(persons)
    for segment in manifest.segments:
        scope = manifest.scopes[segment.scope][0]
        words = f"{segment.compartment} {segment.start + 1}-{segment.end}"
        yield STREAMS, f"{scope} {words}", manifest.devices[segment.device].device
    for order in manifest.destroyed:
        yield PACKAGE, N_("Destruction"), order.body


def _extract(found: Extract) -> Iterator[Line]:
    """All that may be read, with its last day."""
    yield PACKAGE, N_("Can be read until and with"), found.until.isoformat()
    yield FAMILIES, found.dossier, found.title
    for one in found.records:
        title = _kind_title(one.kind)
        for name, value in one.fields.items():
            yield CHANGES, f"{one.scope} · {title} {one.id} · {name}", str(value)
        for name, values in one.disputed.items():
            for value in values:
                yield CHANGES, f"{one.scope} · {title} {one.id} · {name}", str(value)
    for code, words in found.labels.items():
        for label in words.values():
            yield CHANGES, code, label


def _kind_title(kind: str) -> str:
    """What a kind is called; one that only a newer program knows keeps its own name."""
    return _(KINDS[kind].title) if kind in KINDS else kind


def _op(scope: str, parsed: list[object]) -> Iterator[Line]:
    kind, record, _fields, secret, cells, _parents = parsed
    title = _kind_title(str(kind))
    assert isinstance(cells, dict)
    for name, value in cells.items():
        if value is not None:
            yield CHANGES, f"{scope} · {title} {record} · {name}", str(value)
    if isinstance(secret, dict):
        for name in secret.get("gone", ()):
            yield CHANGES, f"{scope} · {title} {record} · {name}", N_("taken out")
