"""The tab of this area, for the page of a family."""

from ui.views.family.tab import FamilyTab
from ui.views.leaving.leaving_view import LEAVING_TAB

FAMILY_TABS: tuple[FamilyTab, ...] = (LEAVING_TAB,)
