"""JSON as the journal keeps it: without blanks, letters as they are. Used for hundreds of thousands of small values."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


_MARK = "\x1f"
"""Stands in no JSON text as it is: within a string it is written as an escape."""


def _encoder(between: str) -> Callable[[object, int], Iterable[str]]:
    """`JSONEncoder.iterencode`, which makes this anew for each of the many small values."""
    made = getattr(json.encoder, "c_make_encoder", None)
    if made is None:  # a Python without the part in C
        encoder = json.JSONEncoder(ensure_ascii=False, separators=(between, ":"))
        return lambda value, _level: encoder.iterencode(value)
    quote = json.encoder.encode_basestring
    found: Callable[[object, int], Iterable[str]] = made(
        None, _ENCODER.default, quote, None, ":", between, False, False, True
    )
    return found


_pieces, _marked = _encoder(","), _encoder(_MARK)


def json_text(value: object) -> str:
    """The compact form in which the journal keeps cells, parents and what a redaction leaves."""
    return "".join(_pieces(value, 0))


def flat_texts(values: Sequence[Mapping[str, str | int | None]]) -> list[str]:
    """`json_text` of many objects in which no others lie: all at once, and cut into pieces."""
    if len(values) < 2:
        return list(map(json_text, values))
    whole = "".join(_marked(values, 0))
    return [f"{{{text.replace(_MARK, ',')}}}" for text in whole[2:-2].split(f"}}{_MARK}{{")]


def read_json(text: str) -> Any:
    """What `json_text` wrote."""
    return _DECODER.raw_decode(text)[0]
