"""Making a paper: one table says who writes which form, so that a door needs to know only this."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.dialogue.messages import Paper
from bot.documents.calendar import MIME as CALENDAR_MIME
from bot.documents.calendar import write_calendar
from bot.documents.export import MIME as EXPORT_MIME
from bot.documents.export import write_export
from bot.documents.record import MIME as RECORD_MIME
from bot.documents.record import write_record
from bot.documents.report import MIME as REPORT_MIME
from bot.documents.report import write_report
from bot.documents.sheet import MIME as SHEET_MIME
from bot.documents.sheet import write_sheet
from knowledge.phrasing import Phrasebook


class Made(NamedTuple):
    """A file to hand over: its name without a folder, its MIME type and its bytes."""

    name: str
    mime: str
    data: bytes


_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|]')
_LONGEST = 80

Writer = Callable[[Paper, Phrasebook], bytes]

WRITERS: dict[str, tuple[str, Writer]] = {
    "report": (REPORT_MIME, write_report),
    "calendar": (CALENDAR_MIME, lambda paper, _phrases: write_calendar(paper)),
    "sheet": (SHEET_MIME, write_sheet),
    "export": (EXPORT_MIME, lambda paper, _phrases: write_export(paper)),
    "record": (RECORD_MIME, lambda paper, _phrases: write_record(paper)),
}
"""The MIME type and the writer of every form of a paper."""


class UnmakeablePaperError(ValueError):
    """A paper of a form that nobody writes here."""


def make_paper(paper: Paper, phrases: Phrasebook) -> Made:
    """The file that a paper stands for; equal papers give equal bytes.

    Raises:
        UnmakeablePaperError: when nobody writes its form.
    """
    if paper.form not in WRITERS:
        raise UnmakeablePaperError(f"nobody writes a paper of the form {paper.form}")
    mime, write = WRITERS[paper.form]
    return Made(_safe(paper.name), mime, write(paper, phrases))


def _safe(name: str) -> str:
    """A name that every system takes as that of a file, in no other folder."""
    plain = _UNFIT.sub("_", name).strip(" .")
    return plain[-_LONGEST:].lstrip(" .") or "file"
