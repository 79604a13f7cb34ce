"""Pictures: a chart as a PNG that fits a phone, in light or dark."""

from __future__ import annotations

from bot.dialogue.messages import Bars, Fan, Picture
from bot.documents.bars import bars_figure
from bot.documents.fan import fan_figure
from bot.documents.figures import Figure, Tongue, language_of
from bot.documents.typesetting import typeset
from bot.documents.waterfall import waterfall_figure
from knowledge.phrasing import Phrasebook

_PPI = 216.0
"""Three pixels a point: the 360 points of the template's width are the 1080 pixels of a phone's."""


def draw_picture(picture: Picture, phrases: Phrasebook) -> bytes:
    """A PNG of a chart, 1080 pixels wide; equal pictures give equal bytes."""
    tongue = Tongue(language_of(picture.language), phrases)
    return typeset("picture.typ", {**_figure(picture, tongue), "dark": picture.dark}, "png", _PPI)


def _figure(picture: Picture, tongue: Tongue) -> Figure:
    if isinstance(picture.of, Fan):
        return fan_figure(picture.of, tongue)
    if isinstance(picture.of, Bars):
        return bars_figure(picture.of, tongue)
    return waterfall_figure(picture.of, tongue)
