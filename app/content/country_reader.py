"""Makes countries, agreements, support and public holidays of their packs."""

from collections.abc import Mapping
from datetime import date

from app.content.pack import Pack
from app.content.row import Row
from app.domain.country import Agreement, Country, FlightNotice
from app.domain.guidance import Item
from app.domain.support import SupportAmount
from app.domain.work_calendar import Length, Unit, WorkCalendar

_EXTENDABLE = {"ja": True, "nee": False}


def countries(pack: Pack) -> Mapping[str, Country]:
    """Return the countries by ISO code, in the order of the pack."""
    return {row.text("code"): _country(pack, row) for row in pack.rows("country")}


def _country(pack: Pack, row: Row) -> Country:
    return Country(
        **pack.common(row),
        adjective=row.words("adjective"),
        representation=row.words("representation"),
        places=row.texts("places"),
        needed=pack.items[row.text("needed")],
        presentation=pack.items[row.text("presentation")],
        practice=row.words("practice"),
        warning=row.words("warning"),
        request_per=row.text("request_per"),
        document_length=row.length("document_length", "document_unit"),
        document_extendable=_EXTENDABLE.get(row.text("document_extendable")),
        flight_notices=tuple(
            FlightNotice(each.text("place"), Length(each.number("length") or 0, Unit(each.text("unit"))))
            for each in row.rows("flight_notice")
        ),
        is_doubtful=row.flag("stale"),
    )


def agreements(pack: Pack) -> tuple[Agreement, ...]:
    """Return the agreements in the order of the pack."""
    ranks = {row.text("code"): row.number("rank") or 0 for row in pack.rows("kind")}
    return tuple(_agreement(pack, row, ranks) for row in pack.rows("agreement"))


def _agreement(pack: Pack, row: Row, ranks: Mapping[str, int]) -> Agreement:
    def length(name: str) -> Length | None:
        return row.length(name, f"{name}_unit")

    kind: Item = pack.items[row.text("kind")]
    return Agreement(
        **pack.common(row),
        country=row.text("country"),
        country_name=row.text("country_nl"),
        kind=kind,
        rank=ranks[kind.code],
        in_force=row.text("in_force"),
        answer=length("answer"),
        issue=length("issue"),
        validity=length("validity"),
        interview=length("interview"),
        notice=length("notice"),
        transfer=length("transfer"),
        silence_is_consent=row.flag("silence_is_consent"),
        superseded_by=row.text("superseded_by"),
        is_not_in_force=row.flag("not_in_force"),
    )


def support_amounts(pack: Pack) -> tuple[SupportAmount, ...]:
    """Return the amounts of the programmes."""
    return tuple(
        SupportAmount(
            **pack.common(row),
            programme=row.text("programme"),
            cents=row.number("cents") or 0,
            currency=row.text("currency"),
            per=row.text("per"),
            is_at_most=row.flag("at_most"),
        )
        for row in pack.rows("amount")
    )


def work_calendar(pack: Pack) -> WorkCalendar:
    """Return the calendar for counting working days; it knows the years that the pack lists."""
    days = frozenset(date.fromisoformat(row.text("on")) for row in pack.rows("holiday"))
    return WorkCalendar(holidays=days, years=frozenset(day.year for day in days))
