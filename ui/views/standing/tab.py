"""The tab of this area, for the page of a family."""

from app.domain.words import N_
from ui.presenters.flow_words import TAB
from ui.views.family.tab import FamilyTab
from ui.views.standing.standing_view import StandingPart

FAMILY_TABS: tuple[FamilyTab, ...] = (FamilyTab(key=TAB, title=N_("State"), build=StandingPart),)
