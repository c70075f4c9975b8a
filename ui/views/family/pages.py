"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.presenters.as_on_presenter import AS_ON
from ui.presenters.family_change_presenter import FamilyChangePresenter
from ui.views.ask.ask_view import AskPage
from ui.views.family.as_on_view import AsOnPage
from ui.views.family.family_form_view import FamilyFormPage
from ui.views.family.family_view import FamilyPage
from ui.views.family.registry import family_tabs
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """A family, the forms of registering and of what changes over time, and how it stood on a day."""

    def family(parent: QWidget) -> FamilyPage:
        return FamilyPage(desk, family_tabs(), parent)

    def form(parent: QWidget) -> FamilyFormPage:
        return FamilyFormPage(desk, parent)

    def change(parent: QWidget) -> AskPage:
        return AskPage(desk, FamilyChangePresenter, parent)

    def as_on(parent: QWidget) -> AsOnPage:
        return AsOnPage(desk, parent)

    made = (
        ("family", N_("Family"), family),
        ("family_form", N_("Family form"), form),
        (FamilyChangePresenter.form, N_("Something changes in the family"), change),
        (AS_ON, N_("Family as on a day"), as_on),
    )
    return tuple(
        PageSpec(key=key, icon="nav.dossiers", title=title, build=build, in_rail=False, belongs_to="dossiers")
        for key, title, build in made
    )
