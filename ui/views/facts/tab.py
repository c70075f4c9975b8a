"""The tab of this area, for the page of a family."""

from ui.views.facts.facts_tab import FACTS_TAB
from ui.views.family.tab import FamilyTab

FAMILY_TABS: tuple[FamilyTab, ...] = (FACTS_TAB,)
