"""The report: two to four pages to keep or print, set from the parts that the dialogue put together."""

from __future__ import annotations

from pydantic import JsonValue

from bot.dialogue.messages import Fan, Paper, Waterfall
from bot.dialogue.papers_parts import Headline, Part, Report, Stages, Words
from bot.documents.fan import fan_figure
from bot.documents.figures import Tongue, language_of
from bot.documents.report_words import paragraphs
from bot.documents.typesetting import typeset
from bot.documents.waterfall import waterfall_figure
from knowledge.phrasing import Phrasebook

MIME = "application/pdf"


def write_report(paper: Paper, phrases: Phrasebook) -> bytes:
    """The pages of one report; equal papers give equal bytes.

    Raises:
        ValidationError: when the paper's content is no report.
    """
    tongue = Tongue(language_of(paper.language), phrases)
    report = Report.model_validate(paper.content)
    return typeset("report.typ", pages(report, tongue), "pdf")


def pages(report: Report, tongue: Tongue) -> JsonValue:
    """What the template sets: every part with its words in runs and its charts in shares of the plot."""
    plain = report.model_dump(mode="json", exclude={"parts"})
    return {**plain, "language": tongue.language, "parts": [_part(part, tongue) for part in report.parts]}


def _part(part: Part, tongue: Tongue) -> JsonValue:
    if isinstance(part, Fan):
        return fan_figure(part, tongue)
    if isinstance(part, Waterfall):
        return waterfall_figure(part, tongue)
    plain: dict[str, JsonValue] = part.model_dump(mode="json")
    if isinstance(part, Words | Headline | Stages):
        return {**plain, "words": paragraphs(part.markup)}
    return plain
