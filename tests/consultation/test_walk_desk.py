"""An adviser's evening on the street: a case opened and closed again, a talk, and what the group gets of it all."""

from __future__ import annotations

from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.telegram.joining import Parts
from tests.consultation.gathering import Gathering, moments, pressed
from tests.faults.house import card, settled
from tests.faults.named import lived

OPEN, SHUT = "Let advisers see my whole result", "Advisers may not see it any more"
TO_GROUP = "To the group\u2026"


def with_button(who: Person, label: str) -> Sight:
    """The newest message of somebody's chat that has a button."""
    return [sight for sight in who.home.messages if label in sight.labels][-1]


def again(place: Place, sight: Sight) -> Sight | None:
    """A message as it stands now, or None when it is gone."""
    return next((one for one in place.messages if one.id == sight.id), None)


async def at_desk(town: Gathering, parts: Parts) -> None:
    """Three cards lie on the table, and Ada sits at her desk."""
    table = await town.three_show(parts, "a raise")
    press = await pressed(parts, town.ada, table, "For advisers")
    town.ada.opens(str((press.answer or {})["url"]))
    await settled(parts)


async def taps(parts: Parts, who: Person, *labels: str) -> None:
    """Somebody presses one button after the other, each where it stands newest."""
    for label in labels:
        await pressed(parts, who, with_button(who, label), label)


async def owner_of_a(town: Gathering, parts: Parts) -> Person:
    """Whoever owns case A, at the screen of their seat."""
    shown = town.members[:3]
    owner = next(who for who in shown if any("is case A" in sight.text for sight in who.home.messages))
    if OPEN not in card(owner).labels:
        await taps(parts, owner, "Look or change")
    return owner


def test_a_case_is_opened_talked_about_and_closed() -> None:
    """What a member opens is seen in one message until they close it; words go both ways, figures too."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        owner = await owner_of_a(town, parts)
        await taps(parts, owner, OPEN, "I agree")
        await taps(parts, town.ada, "Case A", "The whole result", "What if")
        view = with_button(town.ada, "Close")
        assert "30,000" in view.text
        await taps(parts, town.ada, "Talk with the owner")
        await taps(parts, owner, "Yes, let us talk")
        owner.says(owner.home, "3")
        await settled(parts)
        assert town.ada.home.messages[-1].text == "Case A: 3"
        town.ada.says(town.ada.home, "Good, keep it so")
        await settled(parts)
        await taps(parts, town.ada, "Send it to the owner")
        assert owner.home.messages[-1].text == "Adviser: Good, keep it so"
        await taps(parts, owner, SHUT)
        assert "is closed" in (again(town.ada.home, view) or view).text
        assert "is over" in town.ada.home.messages[-1].text

    lived(town, life)


def test_what_the_group_gets() -> None:
    """A chart, a quiz and a vote come when pressed; the summary counts; what shows a case goes with the end."""
    town = Gathering()

    async def life(parts: Parts) -> None:
        await at_desk(town, parts)
        seen = len(town.group.messages)
        await taps(parts, town.ada, TO_GROUP, "What if all did\u2026")
        await taps(parts, town.ada, *with_button(town.ada, "Back to the consultation").labels[:2])
        await taps(parts, town.ada, "Look first (2 chosen)", "Post it")
        await taps(parts, town.ada, TO_GROUP, "Scam quiz", "More \u25b6", "The unfreezing fee", "Post it")
        await taps(parts, town.ada, TO_GROUP, "Start a vote", "Post it")
        await moments(parts)
        chart, quiz, vote = town.group.messages[seen:]
        assert chart.wire()["photo"]
        assert "30,000" not in str(chart.wire())
        assert quiz.wire()["poll"]["type"] == "quiz"
        town.members[0].votes(vote, str(vote.wire()["poll"]["options"][1]["text"]))
        await moments(parts)
        await taps(parts, town.ada, "Pause, end\u2026", "End the consultation", "Yes, end it")
        await moments(parts)
        summary = next(sight for sight in town.group.messages if "Summary: a raise" in sight.text)
        assert ": 1" in summary.text
        assert "at the end: 3" in summary.text
        assert again(town.group, chart) is None
        assert not [sight for sight in town.group.messages if "\u00b7" in sight.text]

    lived(town, life)
