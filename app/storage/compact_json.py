"""JSON as the journal keeps it: without blanks, letters as they are. Used for hundreds of thousands of small values."""

import json
from collections.abc import Callable, Iterable
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder()


def _encoder() -> Callable[[object, int], Iterable[str]]:
    """`_ENCODER.iterencode`, which makes this anew for each of the many small values."""
    made = getattr(json.encoder, "c_make_encoder", None)
    if made is None:  # a Python without the part in C
        return lambda value, _level: _ENCODER.iterencode(value)
    quote = json.encoder.encode_basestring
    found: Callable[[object, int], Iterable[str]] = made(
        None, _ENCODER.default, quote, None, ":", ",", False, False, True
    )
    return found


_pieces = _encoder()


def json_text(value: object) -> str:
    """The compact form in which the journal keeps cells, parents and what a redaction leaves."""
    return "".join(_pieces(value, 0))


def read_json(text: str) -> Any:
    """What `json_text` wrote."""
    return _DECODER.raw_decode(text)[0]
