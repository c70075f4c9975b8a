"""What an arrival is asked of the streams before anything is written."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection

from app.storage import arrival
from app.storage.arrival import Arrival
from tests.support.package_case import Office

End = tuple[str, str, str, int, bytes]


@pytest.fixture(params=[0, 10**9], ids=["each looked up", "all read"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "SHARE", request.param)


@pytest.fixture
def conn(anna: Office) -> Iterator[Connection]:
    """A store with two families."""
    anna.family()
    anna.family()
    with anna.desk.store.read() as found:
        yield found


def _ends(conn: Connection) -> list[End]:
    sql = (
        "SELECT s.scope, s.compartment, d.id, s.seq, s.tip FROM j_stream s JOIN j_device d ON d.no = s.device"
    )
    return [(scope, name, device, seq, tip) for scope, name, device, seq, tip in conn.exec_driver_sql(sql)]


OTHERS: dict[str, Callable[[End], End]] = {
    "scope": lambda end: ("0" * 32, *end[1:]),
    "compartment": lambda end: (end[0], "asiel", *end[2:]),
    "device": lambda end: (*end[:2], "0" * 64, *end[3:]),
    "further": lambda end: (*end[:3], end[3] + 1, end[4]),
    "less far": lambda end: (*end[:3], end[3] - 1, end[4]),
    "link": lambda end: (*end[:4], bytes(32)),
}


@pytest.mark.usefixtures("_way")
def test_streams_that_end_so_are_here_in_any_number(conn: Connection) -> None:
    ends = _ends(conn)
    assert len(ends) > 4
    for some in (ends, ends[:1], ends[2:4]):
        assert Arrival(conn, 1).ends_at(some)


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_one_that_differs_is_enough(conn: Connection, other: Callable[[End], End]) -> None:
    ends = _ends(conn)
    assert not Arrival(conn, 1).ends_at([*ends[1:], other(ends[0])])
    assert not Arrival(conn, 1).ends_at([other(ends[0])])
