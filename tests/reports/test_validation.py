"""The checks of these tests are checked: each finds the fault it is for."""

import pytest

from app.reports.render import render
from tests.reports.papers import PAPERS
from tests.reports.validation import Objects, assert_archivable, assert_structure


@pytest.mark.parametrize(
    ("whole", "broken", "says"),
    [
        (b"/S /H2", b"/S /H1", "H1"),
        (b"/K 0 /P", b"/X 0 /P", "no content"),
        (b"/BBox", b"/Bbox", "no place"),
        (b"/K 0 /P", b"/K 0 0 R /P", "mark"),
        (b"/Nums [ 0 [ ", b"/Nums [ 0 [ 1 0 R ", "hole"),
    ],
)
def test_a_broken_structure_is_found(whole: bytes, broken: bytes, says: str) -> None:
    pdf = render(PAPERS["final"]())
    assert whole in pdf
    with pytest.raises(AssertionError, match=says):
        assert_structure(Objects(pdf.replace(whole, broken)))


def test_a_file_without_metadata_is_no_archive() -> None:
    pdf = render(PAPERS["recovery"]())
    with pytest.raises(AssertionError):
        assert_archivable(pdf.replace(b"<pdfaid:part>2", b"<pdfaid:part>9"))
