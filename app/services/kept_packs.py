"""Makes the packs of the store known, so that what they named keeps its words (settled rule 21).

Most are those of the program itself: the same text under the same hash, here without its TOML.
"""

from app.content.load import Content
from app.content.pack import SHORT, Pack, pack_from_canonical
from app.content.problem import PackChanged
from app.domain.kinds.place import ContentPack
from app.services.session import Session
from app.storage.store import Store
from app.storage.uow import read_where


def know(session: Session) -> None:
    """After a file came in: packs that colleagues used are known too."""
    know_in(session.content, session.store)


def know_in(content: Content, store: Store) -> None:
    """Every pack that the store keeps. Raises `PackChanged`."""
    with store.read() as conn:
        kept = read_where(conn, ContentPack, "1 = 1")
    content.keep(pack for pack in (_pack(content, one, store.place) for one in kept) if pack is not None)


def _pack(content: Content, kept: ContentPack, place: str) -> Pack | None:
    """None for a damaged one that the program has too: `verify` names it, no word is lost. Raises `PackChanged`.

    One that a colleague sent and that is not what it says only leaves its codes raw: it may not keep a store shut.
    """
    try:
        return pack_from_canonical(kept.body or "", kept.hash or "")
    except PackChanged:
        if kept.scope != place or (kept.hash or "")[:SHORT] in content.short_packs:
            return None
        raise
