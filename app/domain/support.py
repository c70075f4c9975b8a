"""Support for return: amounts that stood on a page on a day. Always said together with that day."""

from dataclasses import dataclass

from app.domain.guidance import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportAmount(Item):
    """An amount of a programme in cents. `per`: `iedereen`, `volwassene`, `kind` or `eu-burger`."""

    programme: str
    cents: int
    currency: str
    per: str
    is_at_most: bool
