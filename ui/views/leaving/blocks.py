"""The four ways in which a family leaves, each a block with its own explanation."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from app.i18n import _
from ui.presenters.leaving_words import (
    ASKED,
    CROSSED,
    FORM,
    LENT,
    OFFERED,
    DestroyView,
    DropView,
    HandoverView,
    RemoveView,
    Said,
)
from ui.views.settings.block import Block
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.side_list import SideEntry, SideList
from ui.widgets.text_field import TextField


def _entries(lines: Sequence[Said]) -> list[SideEntry]:
    return [SideEntry(main=line.main, second=line.second, icon=line.icon, role=line.role) for line in lines]


class HandoverBlock(Block):
    """Offering, answering, withdrawing, giving back."""

    def __init__(self) -> None:
        super().__init__(
            _("Hand over"),
            _(
                "A colleague becomes the case officer. Until the colleague has confirmed it you can both write."
            ),
            name="leaving_handover",
        )
        self.lines = SideList(name="leaving_handover_lines")
        self.add(self.lines)
        self.colleague = Choice(name="leaving_colleague")
        self.returns_on = DateField(name="leaving_returns_on")
        self.note = TextField(name="leaving_note")
        self.add_field("device", Field(_("To"), self.colleague))
        hint = _("Only for leave cover. On that day the program reminds both of you.")
        self.add_field("returns_on", Field(_("Comes back on"), self.returns_on, hint=hint))
        self.add_field("note", Field(_("Note for your colleague"), self.note))
        self.offer = Button(_("Offer the family"), "primary", name="leaving_offer")
        self.accept = Button(_("Take over"), "primary", name="leaving_accept")
        self.refuse = Button(_("Do not take over"), name="leaving_refuse")
        self.give = Button(_("Make the file"), "primary", name="leaving_give", icon_role="sign.package_out")
        self.withdraw = Button(_("Withdraw the offer"), name="leaving_withdraw")
        self.give_back = Button("", "primary", name="leaving_give_back")
        self.clear_up = Button(_("Clear up"), name="leaving_clear_up")
        self.add_buttons(
            self.offer, self.accept, self.refuse, self.give, self.withdraw, self.give_back, self.clear_up
        )
        self.paper = Button(
            _("Save the overview for your colleague …"), name="leaving_paper", icon_role="sign.saved"
        )
        self.print = Button(_("Print …"), name="leaving_print", icon_role="sign.print")
        self.add_buttons(self.paper, self.print)
        self._by_mode: dict[str, tuple[Button, ...]] = {
            FORM: (self.offer,),
            ASKED: (self.accept, self.refuse),
            OFFERED: (self.give, self.withdraw),
            LENT: (self.give_back,),
            CROSSED: (self.clear_up,),
        }

    def show_view(self, view: HandoverView) -> None:
        """Show how it stands and offer what can be done."""
        self.lines.set_entries(_entries(view.lines))
        self.colleague.set_pairs(view.colleagues)
        form = view.mode == FORM and bool(view.colleagues)
        for key in ("device", "returns_on"):
            self.fields[key].setVisible(form)
        self.fields["note"].setVisible(form or view.mode == ASKED)
        self.paper.set_words(
            _("Save the overview …") if view.for_me else _("Save the overview for your colleague …")
        )
        self.give_back.set_words(_("Give back to %(name)s", name=view.name))
        wanted = self._by_mode.get(view.mode, ())
        for buttons in self._by_mode.values():
            for button in buttons:
                button.setVisible(button in wanted and (button is not self.offer or form))


class DropBlock(Block):
    """Off this laptop; a colleague holds it."""

    def __init__(self) -> None:
        super().__init__(
            _("Take off this laptop"),
            _(
                "The family goes from here only. This is possible when a colleague has confirmed to hold all of it."
            ),
            name="leaving_drop",
        )
        self.lines = SideList(name="leaving_drop_lines")
        self.add(self.lines)
        self.drop = Button(_("Take off this laptop …"), name="leaving_drop_button")
        self.add_buttons(self.drop)

    def show_view(self, view: DropView) -> None:
        """Show who holds it."""
        self.lines.set_entries(_entries(view.lines))
        self.drop.setVisible(view.allowed)


class RemoveBlock(Block):
    """A mistake: out of the lists, to be brought back."""

    def __init__(self) -> None:
        super().__init__(
            _("Remove"),
            _(
                "For a family that was registered by mistake. It leaves the lists, here and with colleagues. You can"
                " undo this, and bring it back later."
            ),
            name="leaving_remove",
        )
        self.lines = SideList(name="leaving_remove_lines")
        self.add(self.lines)
        self.start = Button(_("Remove the family"), name="leaving_remove_button")
        self.add_buttons(self.start)

    def show_view(self, view: RemoveView) -> None:
        """Show who stays and whom it concerns."""
        self.lines.set_entries(_entries(view.lines))
        self.lines.setVisible(bool(view.lines))


class DestroyBlock(Block):
    """Everywhere, for good."""

    def __init__(self) -> None:
        super().__init__(
            _("Destroy"),
            _(
                "The family goes everywhere: here at once, with colleagues when they agree or have been reminded"
                " on fourteen days. This cannot be undone."
            ),
            name="leaving_destroy",
        )
        self.lines = SideList(name="leaving_destroy_lines")
        self.add(self.lines)
        self.what = Choice(name="leaving_what")
        self.add_field("what", Field(_("What"), self.what))
        self.reason = Choice(name="leaving_reason")
        self.add_field("reason", Field(_("Reason"), self.reason))
        self.members = QCheckBox()
        self.members.setObjectName("leaving_members")
        self.add(self.members)
        self.what.code_chosen.connect(self._choose_what)
        self._has_members = False
        self.start = Button(_("Destroy …"), name="leaving_destroy_button")
        self.agree = Button(_("Agree and destroy …"), name="leaving_agree")
        self.add_buttons(self.start, self.agree)

    def show_view(self, view: DestroyView) -> None:
        """Show what is asked, or the form of who may ask."""
        self.lines.set_entries(_entries(view.lines))
        self.lines.setVisible(bool(view.lines))
        form = view.allowed and not view.asked
        self.reason.set_pairs((("", _("Choose a reason")), *view.reasons))
        self.fields["reason"].setVisible(form)
        self.members.setText(view.members_words)
        self._has_members = form and bool(view.members)
        self.what.set_pairs((("", _("The whole family")), *view.members))
        if self.what.currentIndex() < 0:
            self.what.set_code("")
        self.fields["what"].setVisible(self._has_members)
        self._choose_what(self.what.code())
        self.start.setVisible(form)
        self.agree.setVisible(bool(view.asked))

    def _choose_what(self, person: object) -> None:
        """Others go along with the family only."""
        self.members.setVisible(self._has_members and not person)
