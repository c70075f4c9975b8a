"""The pages of this area, for the window."""

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from ui.bridge.desk import Desk
from ui.views.family.family_form_view import FamilyFormPage
from ui.views.family.family_view import FamilyPage
from ui.views.family.registry import family_tabs
from ui.views.page_spec import PageSpec


def page_specs(desk: Desk) -> tuple[PageSpec, ...]:
    """A family, and the form for registering and changing one."""

    def family(parent: QWidget) -> FamilyPage:
        return FamilyPage(desk, family_tabs(), parent)

    def form(parent: QWidget) -> FamilyFormPage:
        return FamilyFormPage(desk, parent)

    made = (("family", N_("Family"), family), ("family_form", N_("Family form"), form))
    return tuple(
        PageSpec(key=key, icon="nav.dossiers", title=title, build=build, in_rail=False, belongs_to="dossiers")
        for key, title, build in made
    )
