"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.page_spec import PageSpec
from ui.views.talks.form_view import TalkFormPage
from ui.views.talks.list_view import TalksPage
from ui.views.talks.talk_page import TalkPage


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """The talks of all families, the form of a new one, and one talk wherever it stands."""

    def talks(parent: QWidget) -> TalksPage:
        return TalksPage(desk, parent)

    def new(parent: QWidget) -> TalkFormPage:
        return TalkFormPage(desk, parent)

    def talk(parent: QWidget) -> TalkPage:
        return TalkPage(desk, parent)

    return (
        PageSpec(key="talks", icon="nav.talks", title=N_("Talks"), build=talks),
        PageSpec(
            key="talk_new",
            icon="nav.talks",
            title=N_("New talk"),
            build=new,
            in_rail=False,
            belongs_to="talks",
        ),
        PageSpec(
            key="talk", icon="nav.talks", title=N_("Talk"), build=talk, in_rail=False, belongs_to="talks"
        ),
    )
