"""Many values as JSON at once are what each of them is by itself."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.storage import compact_json
from app.storage.compact_json import flat_texts, json_text

SIGNS = st.text(st.sampled_from('}{,:"\\\x1f\x00\n\u2028aé😀'), max_size=8) | st.text(max_size=8)
CELLS = st.dictionaries(SIGNS, st.none() | st.integers(-(2**70), 2**70) | SIGNS, max_size=4)


@given(st.lists(CELLS, max_size=6))
@example([{}, {}])
@example([{"a": "}\x1f{"}, {}, {"}\x1f{": "}\x1f{", "b": None}])
def test_many_are_as_each_by_itself(cells: list[dict[str, str | int | None]]) -> None:
    texts = flat_texts(cells)
    assert texts == list(map(json_text, cells))
    assert list(map(json.loads, texts)) == cells


def test_also_where_python_has_no_encoder_in_c(monkeypatch: pytest.MonkeyPatch) -> None:
    cells: list[dict[str, str | int | None]] = [{"a": "}\x1f{", "b": 1}, {}, {"c": None}]
    before = flat_texts(cells)
    monkeypatch.setattr(json.encoder, "c_make_encoder", None)
    monkeypatch.setattr(compact_json, "_marked", compact_json._encoder(compact_json._MARK))
    assert flat_texts(cells) == before
