"""What all papers have in common: status, head, foot, gap list and the mark of authenticity."""

from app.domain.disclosure import Facts
from app.domain.disclosure_json import checksum
from app.domain.gap import Gap
from app.domain.paper import (
    Authenticity,
    FrameWords,
    GapList,
    Paper,
    PaperStatus,
    Phrase,
    Section,
    SignatureBox,
    Signatures,
)
from app.domain.sheet_head import AskedStatus, SheetHead
from app.reports.cell_maker import CellMaker


def paper_status(head: SheetHead, gaps: tuple[Gap, ...]) -> PaperStatus:
    """Return the status: with a gap a sheet is a concept, whatever was asked."""
    if head.asked_status in (AskedStatus.EXPIRED, AskedStatus.SUPERSEDED):
        return PaperStatus(head.asked_status.value)
    return PaperStatus.FINAL if head.asked_status is AskedStatus.FINAL and not gaps else PaperStatus.CONCEPT


def assemble(
    name: str, facts: Facts, gaps: tuple[Gap, ...], cells: CellMaker, sections: tuple[Section, ...]
) -> Paper:
    """Return the whole paper around `sections`; `name` is the first part of its keys in the pack."""
    head, wording = facts.head, cells.wording
    status = paper_status(head, gaps)
    digest = checksum(facts)
    reference = wording.text("frame.reference", set=head.set_number, version=head.version)
    first = f"{reference} · {wording.text(f'frame.status.{status.value}')}"
    copy_for = cells.cell(head.copy_for, "head.copy-for").text
    until = cells.cell(head.valid_until, "head.valid-until", say=cells.dates.local_time).text
    second = [wording.text("frame.copy-for", name=copy_for)] * bool(copy_for)
    second += [wording.text("frame.valid-until", moment=until)] * bool(until)
    made = cells.dates.local_time(head.made_at_local)
    footer = wording.text("frame.made", moment=made, name=head.made_by, role=head.made_by_role)
    return Paper(
        name=name,
        title=wording.phrase(f"{name}.title"),
        language=wording.language,
        second_language=wording.second_language,
        reference=reference,
        set_number=head.set_number,
        version=head.version,
        status=status,
        subtitle=cells.printable("\n".join((first, *second))),
        classification=wording.phrase(f"{name}.classification"),
        footer=cells.printable(footer),
        made_at=head.made_at,
        author_role=cells.printable(head.made_by_role),
        sections=(*sections, *_closing(name, digest, head, cells)),
        gaps=cells.marks(),
        words=frame_words(cells, status),
        sha256=digest,
    )


def frame_words(cells: CellMaker, status: PaperStatus) -> FrameWords:
    """Return the wording around the content. It is filled in page by page, so its placeholders stay."""
    wording = cells.wording
    return FrameWords(
        page=wording.text("frame.page", page="{page}", pages="{pages}"),
        missing=wording.text("value.missing", gap="{gap}"),
        disputed=wording.text("value.disputed", gap="{gap}"),
        remark=wording.text("value.remark", gap="{gap}"),
        watermark="" if status is PaperStatus.FINAL else wording.text(f"frame.watermark.{status.value}"),
    )


def signatures(cells: CellMaker, roles: tuple[tuple[str, str], ...]) -> Signatures:
    """Return boxes to sign: pairs of a key under `sign.` and the name, "" when it is to be written."""
    hint = cells.wording.phrase("sign.hint")
    return Signatures(
        tuple(
            SignatureBox(role=cells.wording.phrase(f"sign.{role}"), hint=hint, name=cells.printable(name))
            for role, name in roles
        )
    )


def _closing(name: str, digest: str, head: SheetHead, cells: CellMaker) -> tuple[Section, ...]:
    wording = cells.wording
    marks = cells.marks()
    missing = (
        Section(heading=wording.phrase("frame.gaps"), blocks=(GapList(marks),), stays_together=True),
    ) * bool(marks)
    proof = Authenticity(
        reference=f"{name}:{head.set_number}:v{head.version}",
        sha256=digest,
        caption=wording.phrase("frame.checksum"),
        picture_text=wording.text("frame.qr-text", set=head.set_number, version=head.version),
    )
    heading: Phrase = wording.phrase("frame.authenticity")
    # The list comes last: it is gone from the final paper, and a page of its own then holds something to read.
    return (Section(heading=heading, blocks=(proof,), stays_together=True), *missing)
