"""The pictures in the README and the guide are there, are made by the tool, and stay light."""

import re
from pathlib import Path

from tools.guide_pictures import FOLDER, PICTURES, ROOT
from tools.screenshots import all_scenes

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
TOTAL_KB = 1_150


def links(page: Path) -> list[Path]:
    """The files that a page links to, pictures too; headings and outside addresses left out."""
    found = re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    return [(page.parent / each).resolve() for each in found if "://" not in each]


def test_every_picture_comes_from_a_scene_and_stands_in_the_folder() -> None:
    assert set(PICTURES.values()) <= set(all_scenes())
    assert {path.stem for path in FOLDER.glob("*.png")} == set(PICTURES)


def test_the_pictures_are_light() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < TOTAL_KB * 1000


def test_no_page_links_to_nothing() -> None:
    missing = [(page.name, link.name) for page in PAGES for link in links(page) if not link.exists()]
    assert not missing


def test_every_picture_is_shown_somewhere() -> None:
    shown = {link for page in PAGES for link in links(page)}
    assert {path.resolve() for path in FOLDER.glob("*.png")} <= shown
