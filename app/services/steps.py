"""Undo and redo by name: what was undone is told with the words of the step itself."""

from dataclasses import dataclass

from app.services.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """`verb`: the code of the step that was undone or done again; `left`: values that others had changed since."""

    verb: str
    left: int


def undo(session: Session) -> Stepped | None:
    """Undo the latest step that can be; None when there is none."""
    step = session.store.next_undo()
    change = session.store.undo() if step is not None else None
    return Stepped(verb=step.verb, left=len(change.left)) if step is not None and change is not None else None


def redo(session: Session) -> Stepped | None:
    """Do again what was undone last; None when there is nothing."""
    step = session.store.next_redo()
    change = session.store.redo() if step is not None else None
    return Stepped(verb=step.verb, left=len(change.left)) if step is not None and change is not None else None
