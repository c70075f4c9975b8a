"""The facts of a sheet as canonical JSON, and the checksum that is printed on it.

Whoever holds the paper and the facts can find out whether they belong together: same facts, same bytes,
same SHA-256.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from enum import Enum

from app.domain.disclosure import Facts

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical_json(facts: Facts) -> bytes:
    """Return UTF-8 JSON: keys sorted, no spaces, no escapes beyond the needed, sets as sorted lists.

    Each object stands under the name of its class, so that different answers with the same reason differ.
    """
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def checksum(facts: Facts) -> str:
    """Return the SHA-256 of `canonical_json(facts)` as 64 lowercase hexadecimal digits."""
    return hashlib.sha256(canonical_json(facts)).hexdigest()


def _plain(value: object) -> Json:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, frozenset):
        return [*sorted(str(_plain(each)) for each in value)]
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Json] = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {f"«{type(value).__name__}»": plain}
    raise TypeError(f"a disclosure holds no {type(value).__name__}")
