"""The packs hold what the domain notes say: counts, sources, marks, and facts picked from every table."""

import re
from datetime import date, timedelta

import pytest

from app.content.across import check_across
from app.content.load import PACK_NAMES, Content
from app.domain.country import agreements_of, lengths_for
from app.domain.free_text_check import check_free_text
from app.domain.guidance import Mark
from app.domain.special_departure import LineNeed
from app.domain.work_calendar import Length, Unit


def test_every_reference_between_packs_leads_somewhere(content: Content) -> None:
    check_across(content.packs)


def test_counts_of_phases_items_lines_and_countries(content: Content) -> None:
    assert len(content.phases) == 7
    assert [len(phase.items) for phase in content.phases] == [10, 9, 8, 10, 9, 8, 9]
    assert len(content.talk_items) == 32
    assert len(content.talk_steps) == 8
    assert sum(step.minutes for step in content.talk_steps) == 65
    assert len(content.departure_checklist) == 40
    assert len(content.countries) == 44
    assert len(content.agreements) == 50


@pytest.mark.parametrize("name", PACK_NAMES)
def test_every_item_says_where_it_comes_from_and_of_when(content: Content, name: str) -> None:
    for item in content.packs[name].items.values():
        assert item.provenance.sources, item.code
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", item.provenance.as_of), item.code
        assert item.words.nl.strip(), item.code
        is_paper_wording = name == "papieren" and item.code in content.paper_texts
        assert item.words.en.strip() or is_paper_wording, item.code


@pytest.mark.parametrize("name", PACK_NAMES)
def test_a_source_has_an_address_unless_it_is_our_own_choice(content: Content, name: str) -> None:
    without = {code for code, source in content.packs[name].sources.items() if not source.address}
    # Numbers 30, 58 and 60 of the note on travel documents have no full address either.
    assert without <= {"eigen", "bv-79"}


def test_old_texts_are_marked_as_old(content: Content) -> None:
    items = [item for pack in content.packs.values() for item in pack.items.values()]
    for item in items:
        if item.provenance.mark is Mark.SOURCE_2015:
            assert all(source.as_of == "2015-11" for source in item.provenance.sources), item.code
    assert content.item("termijnen", "wet.verlenging-vertrektermijn").provenance.mark is Mark.SOURCE_2015


def test_the_norms_of_the_laissez_passer_track(content: Content) -> None:
    terms = {term.code: term for term in content.terms_of("spoor.lp")}
    assert terms["termijn.lp-verwachte-datum"].length == Length(30, Unit.DAY)
    assert terms["termijn.lp-presentatie"].length == Length(2, Unit.MONTH)
    assert terms["termijn.lp-check"].length == Length(3, Unit.WORKING_DAY)
    assert terms["termijn.lp-geen-antwoord"].length == Length(12, Unit.MONTH)
    assert terms["termijn.lp-geen-antwoord"].only_warns
    rappel = terms["termijn.lp-rappel"]
    assert rappel.length == Length(30, Unit.DAY)
    assert rappel.provenance.mark is Mark.ASSUMPTION
    assert (
        terms["termijn.lp-verwachte-datum"].provenance.sources[0].address.endswith("presentatie-in-persoon")
    )


def test_stage_lines_have_at_most_seven_single_words(content: Content) -> None:
    for track in content.tracks.values():
        assert 1 <= len(track.stages) <= 7
        assert all(" " not in stage.words.nl for stage in track.stages)


def test_every_next_state_stands_in_the_same_track_and_every_state_can_be_reached(content: Content) -> None:
    for track in content.tracks.values():
        reached, todo = {track.start}, [track.start]
        while todo:
            for code in track.states[todo.pop()].next_codes:
                assert code in track.states
                if code not in reached:
                    reached.add(code)
                    todo.append(code)
        assert reached == set(track.states)


def test_states_without_a_way_on_are_the_ends(content: Content) -> None:
    for track in content.tracks.values():
        assert {s.code for s in track.states.values() if not s.next_codes} == {
            s.code for s in track.states.values() if s.is_end
        }


def test_facts_of_countries(content: Content) -> None:
    morocco = content.countries["MA"]
    assert morocco.adjective.nl == "Marokkaans"
    assert morocco.needed.code == "nodig.lp"
    assert morocco.flight_notice("Amsterdam") == Length(12, Unit.WORKING_DAY)
    assert morocco.flight_notice("Utrecht") == Length(5, Unit.WORKING_DAY)
    assert morocco.flight_notice("") is None
    assert content.countries["IR"].needed.code == "nodig.onbekend"
    assert content.countries["IR"].provenance.mark is Mark.OPEN
    assert content.countries["DZ"].is_doubtful
    assert "Eritrea" in content.countries["ET"].warning.nl
    assert content.countries["TR"].request_per == "gezin"
    assert content.countries["LK"].document_extendable is False
    assert content.countries["SY"].document_extendable is None


def test_facts_of_agreements(content: Content) -> None:
    kosovo = agreements_of("XK", content.agreements)
    lengths = lengths_for(content.countries["XK"], "", kosovo)
    assert lengths["overeenkomst.antwoord"] == Length(28, Unit.DAY)
    assert lengths["overeenkomst.aankondiging"] == Length(2, Unit.WORKING_DAY)
    assert lengths["overeenkomst.overdracht"] == Length(3, Unit.MONTH)
    assert kosovo[0].silence_is_consent
    armenia = agreements_of("AM", content.agreements)
    assert [each.kind.code for each in armenia] == ["soort.eu", "soort.praktijk"]
    assert lengths_for(None, "", armenia)["overeenkomst.antwoord"] == Length(12, Unit.DAY)
    # The text on Azerbaijan names fifteen without a unit: no length is made of that.
    assert lengths_for(None, "", agreements_of("AZ", content.agreements)) == {}


def test_the_checklist_for_special_departures(content: Content) -> None:
    lines = {line.code: line for line in content.departure_checklist}
    assert lines["C03"].need["MED"] is LineNeed.REQUIRED
    assert lines["C03"].need["AMV"] is LineNeed.IF_APPLICABLE
    assert lines["C19"].need["MED"] is LineNeed.NOT_NEEDED
    assert lines["C39"].need_for(["GEZ"]) is LineNeed.REQUIRED
    assert [kind.code for kind in content.departure_kinds] == ["MED", "AMV", "GEZ", "OUD", "MH", "BEG"]
    states = [choice.code for choice in content.choices("vertrek", "gezondheidsinformatie")]
    assert [code.rpartition(".")[2] for code in states] == ["ontvangen", "niet-gedeeld", "niet-gevraagd"]


def test_what_nobody_knows_is_unknown_and_what_we_chose_is_marked(content: Content) -> None:
    assert content.settings["instelling.bewaartermijn"].amount is None
    assert content.settings["instelling.mag-vertrekken-uren"].provenance.mark is Mark.ASSUMPTION


def test_amounts_of_support(content: Content) -> None:
    amounts = {amount.code: amount for amount in content.support_amounts}
    assert amounts["bedrag.eurp-zelfstandig.direct"].cents == 61_500
    assert amounts["bedrag.eurp-gedwongen.direct"].cents == 20_500
    assert amounts["bedrag.eurp-zelfstandig.natura-kind"].cents == 100_000
    assert amounts["bedrag.iom.natura"].cents == 200_000


def test_public_holidays_follow_from_easter_and_the_act(content: Content) -> None:
    calendar = content.work_calendar
    assert calendar.years == frozenset(range(2025, 2031))
    for year in calendar.years:
        easter = _easter(year)
        moving = {easter + timedelta(days) for days in (-2, 1, 39, 50)}
        kings_day = date(year, 4, 27)
        kings_day -= timedelta(days=kings_day.weekday() == 6)
        fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
        assert {day for day in calendar.holidays if day.year == year} == moving | fixed


def _easter(year: int) -> date:
    """Butcher's rule for the Gregorian Easter."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


@pytest.mark.parametrize(
    "text",
    [
        "afgewezen asielzoeker uit azc",
        "rejected asylum seeker",
        "demandeur d’asile débouté",
        "woonde bij het COA",
        "Dublinzaak, Dublin",
        "V-nummer 012 345 67.89",
        "brief van de IND",
        "titre de séjour refusé",
    ],
)
def test_forbidden_words_are_found_in_three_languages(content: Content, text: str) -> None:
    assert check_free_text(text, content.forbidden_words)


@pytest.mark.parametrize(
    "text",
    [
        "Wilt u haar naar de afspraak brengen? Vlucht om 14.30 uur.",
        "Please keep the child with her grandmother in India.",
        "Merci d'appeler le +31 6 12 34 56 78 à l'arrivée.",
        "Hij draagt een grijze jas en een rode koffer van 23 kg.",
    ],
)
def test_ordinary_sentences_are_left_alone(content: Content, text: str) -> None:
    assert not check_free_text(text, content.forbidden_words)
