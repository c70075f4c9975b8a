"""The frame of the window around an example page, with made-up counts and families."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from tools.scenes.parts_scene import member_table
from tools.scenes.scene import Scene
from ui.bridge.place import Place
from ui.shell.page_spec import PageSpec
from ui.shell.rail import RailLine
from ui.shell.window import Window
from ui.views.page import Page
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.chip import Chip
from ui.widgets.search_field import SearchField
from ui.widgets.tab_bar import TabBar

_RAIL = (
    ("today", "Vandaag"), ("dossiers", "Dossiers"), ("talks", "Gesprekken"), ("documents", "Reisdocumenten"),
    ("departure", "Vertrek"), ("clashes", "Op te helderen"), ("figures", "Cijfers"),
)  # fmt: skip


class _ExamplePage(Page):
    """A page that uses every place of the frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Hakobyan", name="example_page", parent=parent)
        self.set_title("Hakobyan", "Հակոբյան")
        self.set_quiet(
            ("4 leden, van wie 2 kinderen", "V-nr 289.114.7071", "GL Noordermeer sinds 14-03-2024")
        )
        self.set_chip(Chip("Staat stil", "watch", "lp.held"))
        self.add_action(SearchField("Zoek in alle dossiers (Ctrl K)", name="find"))
        self.add_action(Button("Gesprek beginnen", "primary", name="begin_talk", icon_role="nav.talks"))
        self.set_tabs(
            TabBar((("overview", "Overzicht"), ("talks", "Gesprekken"), ("papers", "Papieren")), name="tabs")
        )
        self.set_banner(Banner("late", "Loopt het eerst af: het document van Narek, 8 dagen vóór de vlucht."))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        self._table = member_table()
        column.addWidget(self._table)
        column.addStretch(1)
        self.set_content(content)
        self.set_foot("4 leden", "Enter opent · Ctrl F zoekt")

    @override
    def regions(self) -> tuple[QWidget, ...]:
        return (self._table,)


def _window() -> QWidget:
    specs = [PageSpec(key=key, icon=f"nav.{key}", title=title, build=_ExamplePage) for key, title in _RAIL]
    settings = PageSpec(
        key="settings", icon="nav.settings", title="Instellingen", build=_ExamplePage, at_bottom=True
    )
    window = Window((*specs, settings))
    rail = window.parts.rail
    rail.set_person("J. Terpstra", "GL Noordermeer")
    rail.set_count("today", 3, "late")
    rail.set_count("clashes", 4, "clash")
    rail.set_count("talks", 3)
    lists = (("Mijn gezinnen", 34), ("Vlucht binnen 30 dagen", 6), ("Document verloopt", 9))
    rail.set_lists([RailLine(words=w, count=n, place=Place(page="dossiers", part=w)) for w, n in lists])
    families = ("Hakobyan", "Tesfaye Bekele", "Al-Khalidi")
    rail.set_recent([RailLine(words=w, place=Place(page="dossiers", subject=w)) for w in families])
    window.show_work(Place(page="dossiers", subject="Hakobyan"))
    return window


SCENES = (Scene(name="window", build=_window),)
