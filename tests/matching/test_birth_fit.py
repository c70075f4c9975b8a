"""What two birth dates say: equal, swapped, equal as far as known, a slip, nothing, or two people."""

import pytest

from app.domain.incomplete_date import IncompleteDate
from app.matching.birth_fit import BirthFit, birth_fit


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("1985-03-07", "1985-03-07", BirthFit.SAME),
        ("1985-03-07", "1985-07-03", BirthFit.SWAPPED),
        ("1985-03-07", "1985-03", BirthFit.FITS),
        ("1985-03-07", "1985", BirthFit.FITS),
        ("1985", "1985", BirthFit.FITS),
        ("1985-04", "1985-03", BirthFit.DIFFERENT),
        ("1985", "1986", BirthFit.DIFFERENT),
        ("~1985", "1987-05-02", BirthFit.FITS),
        ("~1985", "1988", BirthFit.DIFFERENT),
        ("1985-01-01", "1985-01-01", BirthFit.STAND_IN),
        ("1985-01-01", "1985-11-30", BirthFit.STAND_IN),
        ("1985-01-01", "1986-01-01", BirthFit.DIFFERENT),
        ("1985-03-07", "1985-03-17", BirthFit.SLIP),
        ("1985-03-07", "1958-03-07", BirthFit.SLIP),
        ("1985-03-07", "1995-03-07", BirthFit.SLIP),
        ("1985-03-07", "1985-04-17", BirthFit.DIFFERENT),
        ("1985-03-07", "?", BirthFit.UNKNOWN),
        ("?", "?", BirthFit.UNKNOWN),
    ],
)
def test_two_dates(one: str, other: str, fit: BirthFit) -> None:
    a, b = IncompleteDate.from_text(one), IncompleteDate.from_text(other)
    assert birth_fit(a, b) is fit
    assert birth_fit(b, a) is fit
