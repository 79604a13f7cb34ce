"""What came true, drawn into the fan that foretold it."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Fan, Picture
from bot.documents.amounts import axis_over
from bot.documents.fan import fan_figure
from bot.documents.figures import Tongue
from bot.documents.picturing import draw_picture
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

RANGES = tuple((30_000.0 - 500 * month, 30_000.0, 30_000.0 + 400 * month) for month in range(13))
FAN = Fan(
    title="The estimate of 2026-11-21",
    months=tuple(range(13)),
    without=RANGES,
    without_label="As foretold",
    reported=((1.0, 30_000.0), (3.0, 52_000.0), (14.0, 41_000.0)),
    reported_label="What you told",
)


def _tongue() -> Tongue:
    return Tongue("en", scene_now().library.phrases)


def test_each_point_stands_at_its_month_and_amount() -> None:
    """Shares of the plot from the left and from below; one beyond the last month stands at the edge."""
    figure = fan_figure(FAN, _tongue())
    axis = axis_over([value for ends in RANGES for value in ends] + [52_000.0])
    wanted = [(1 / 12, axis.share(30_000.0)), (3 / 12, axis.share(52_000.0)), (1.0, axis.share(41_000.0))]
    points = figure["points"]
    assert isinstance(points, list)
    found = [(point["across"], point["at"]) for point in points if isinstance(point, dict)]
    assert found == [pytest.approx(one) for one in wanted]
    assert all(0.0 <= float(str(at)) <= 1.0 for _across, at in found)


def test_a_fan_of_the_past_does_not_speak_of_now() -> None:
    """Its first month is called then, and the newest amount stands under the bands; one of today has neither."""
    past, today = fan_figure(FAN, _tongue()), fan_figure(FAN.model_copy(update={"reported": ()}), _tongue())
    assert "then" in str(past["months"])
    assert "now" not in str(past["months"])
    assert "What you told" in str(past["rows"])
    assert "now" in str(today["months"])
    assert today["points"] == []
    assert "What you told" not in str(today["rows"])


def test_points_are_drawn() -> None:
    """The picture with points is another than the one without."""
    phrases = scene_now().library.phrases
    plain = draw_picture(Picture(of=FAN.model_copy(update={"reported": ()}), language="en"), phrases)
    assert draw_picture(Picture(of=FAN, language="en"), phrases) != plain
