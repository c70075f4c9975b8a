"""Roles, icons and sizes: what a view may name exists, and changes of theme reach what is already on screen."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.config.paths import RESOURCES
from ui.bridge import icon, theme
from ui.bridge.look import Look, Mode
from ui.bridge.theme_file import STATES, read_colours, read_icon_roles
from ui.widgets.line import Sentence


def test_both_themes_have_the_same_roles() -> None:
    light, dark = (read_colours(RESOURCES / "themes" / f"{name}.toml") for name in ("light", "dark"))
    assert light.keys() == dark.keys()


def test_a_colour_that_is_none_is_named(tmp_path: Path) -> None:
    text = (RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8")
    broken = tmp_path / "light.toml"
    broken.write_text(text.replace('"#F6F4F0"', '"sand"'), encoding="utf-8")
    with pytest.raises(ValueError, match="canvas"):
        read_colours(broken)


def test_every_icon_role_has_its_file_and_every_file_its_role() -> None:
    roles = read_icon_roles(RESOURCES / "icons" / "roles.toml")
    files = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    assert set(roles.values()) == files
    assert {f"state.{state}" for state in STATES} <= roles.keys()


def test_icons_take_the_colour_of_their_role(look: Look) -> None:
    image = icon.pixmap("sign.done", "late", 18, 1.0).toImage()
    assert image.pixelColor(9, 3).name() == theme.colour("late").name()
    assert icon.pixmap("nav.today", "ink", 18, 1.5).width() == 27


def test_an_unknown_role_is_our_mistake(look: Look) -> None:
    with pytest.raises(KeyError):
        theme.colour("purple")
    with pytest.raises(KeyError):
        theme.icon_file("nav.nowhere")


def test_theme_and_size_reach_texts_on_screen(look: Look, qtbot: QtBot) -> None:
    label = Sentence("Te laat", "title", "late")
    qtbot.addWidget(label)
    before = label.palette().windowText().color()
    look.set_mode(Mode.DARK)
    look.set_factor(1.5)
    assert label.palette().windowText().color() == theme.colour("late") != before
    assert label.font().pixelSize() == 36
    assert look.step_factor(1) == 1.5
    assert look.step_factor(-1) == 1.25
    look.set_factor(9)
    assert theme.current().factor == 1.5


def test_a_role_stays_when_a_label_moves_into_another_parent(look: Look, qtbot: QtBot) -> None:
    holder, label = QWidget(), Sentence("Nog niet", "prompt")
    qtbot.addWidget(holder)
    label.ensurePolished()
    label.set_role("prompt", "late", strong=True)
    label.setParent(holder)
    assert label.font().weight() == 600
    assert label.palette().windowText().color() == theme.colour("late")


def test_arabic_is_set_larger(look: Look) -> None:
    assert theme.native_font("نور").pixelSize() > theme.native_font("Նարեկ").pixelSize()


def test_a_label_that_was_never_dressed_is_left_alone(look: Look, qtbot: QtBot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    theme.dress_again(label)
    assert label.property("type_role") is None


def test_a_font_that_is_changed_does_not_change_the_next(qtbot: QtBot) -> None:
    del qtbot  # for the theme in force
    made = theme.font("body")
    px, weight = made.pixelSize(), made.weight()
    made.setPixelSize(px * 2)
    made.setItalic(True)
    again = theme.font("body")
    assert (again.pixelSize(), again.weight(), again.italic()) == (px, weight, False)
    assert theme.font("body", strong=True) != again
