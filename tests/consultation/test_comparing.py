"""What several steps would bring to all cases: chosen at the desk, compared in one message, from the cards alone."""

from __future__ import annotations

import time

from bot.consultation.anonymising import Band, Card
from bot.consultation.desks import desk_of
from bot.consultation.group_view import supposed
from bot.consultation.keeping import load, save
from bot.consultation.supposing import clashes, offered_steps, outlooks, supposable
from bot.consultation.tidying import supposition
from bot.dialogue.messages import Bars, Picture, Reply, Text
from bot.store.boards import board_at, put_up
from bot.store.engine import writing
from simulator.vocabulary import Kind
from tests.consultation.desking import ADA, CARD, GROUP, NUMBER, Room, at_the_desk, labels, words_of
from tests.consultation.test_group_view import CARDS, LATE, SCENE, group, table

DESK = f"desk:{NUMBER}"
FULL = Card(
    Kind.PERSON, 7, (Band("line", 1e4, 5e4), Band("use", 0.7), Band("overdue", None, 0.5), Band("lenders", 1, 3))
)
"""Somebody whose line is nearly used up, whom using less of it helps."""


def together(room: Room) -> list[str]:
    """The steps that are offered, without those that clash with one before."""
    found: list[str] = []
    for name in supposable(room.sitting, SCENE, 12):
        found += [] if clashes((*found, name), SCENE) else [name]
    return found


def chosen(room: Room, many: int) -> Reply:
    """Ada chooses the first so many steps that go together."""
    for name in together(room)[:many]:
        shown = room.presses(ADA, f"{DESK}:s:{name}")[ADA][0]
    return shown


def chart(reply: Reply) -> Bars:
    """The chart of a message."""
    (picture,) = [block for block in reply.blocks if isinstance(block, Picture)]
    assert isinstance(picture.of, Bars)
    return picture.of


def test_up_to_three_are_chosen_and_what_was_seen_is_posted() -> None:
    """Chosen steps are marked and dropped again; a fourth is refused; one message goes out, as it was previewed."""
    with at_the_desk() as room:
        shown = chosen(room, 3)
        assert sum(label.startswith("\u2713") for label in labels(shown)) == 3
        steps = together(room)
        assert "drop one first" in words_of(room.presses(ADA, f"{DESK}:s:{steps[3]}")[ADA])
        dropped = room.presses(ADA, f"{DESK}:s:{steps[2]}")[ADA][0]
        assert "Look first (2 chosen)" in labels(dropped)
        preview = room.presses(ADA, f"{DESK}:w")[ADA][0]
        post = preview.buttons[0][0].action
        said = room.presses(ADA, post)[GROUP]
        assert [reply.blocks for reply in said] == [preview.blocks]
        assert GROUP not in room.presses(ADA, post), "the choice is empty again, and an older preview posts nothing"


def test_a_preview_that_is_out_of_date_posts_nothing() -> None:
    """Whoever changes the choice after looking has to look once more."""
    with at_the_desk() as room:
        chosen(room, 2)
        post = room.presses(ADA, f"{DESK}:w")[ADA][0].buttons[0][0].action
        room.presses(ADA, f"{DESK}:s:{together(room)[2]}")
        assert GROUP not in room.presses(ADA, post)


def test_in_a_closed_topic_what_stands_stays() -> None:
    """Where nothing new may be said nothing old goes either, and what was chosen can be posted later."""
    with at_the_desk() as room:
        chosen(room, 2)
        room.presses(ADA, room.presses(ADA, f"{DESK}:w")[ADA][0].buttons[0][0].action)
        chosen(room, 2)
        post = room.presses(ADA, f"{DESK}:w")[ADA][0].buttons[0][0].action
        with writing(room.store) as connection:
            put_up(connection, GROUP, supposition(room.sitting), 77)
            kept = load(connection, NUMBER)
            assert kept is not None
            assert save(connection, kept, kept.sitting.model_copy(update={"shut": True}))
        assert GROUP not in room.presses(ADA, post)
        with writing(room.store) as connection:
            assert board_at(connection, GROUP, supposition(room.sitting)) == 77
            assert len(desk_of(connection, ADA).chosen) == 2


def test_each_alone_and_all_together() -> None:
    """Equal cards are told once by all their letters; a case in arrears is told so, and has no raise to compare."""
    cards, steps = (CARD, CARD, LATE), ("stop_new_draws", "bring_utilisation_down")
    first, _, late = outlooks(table(*cards), steps, SCENE)
    assert len(first.each) == 2
    assert (late.after, late.each) == (None, ())
    reply = supposed(group(), table(*cards), steps, SCENE)
    words = words_of([reply])
    assert "**A and B** as it is" in words
    assert "lighten them first" in words
    assert [row.label for row in chart(reply).rows] == ["A and B as it is", "C as it is"]


def test_a_chart_holds_only_bars_that_differ() -> None:
    """A step that moves nothing has no bar of its own, and a case that nothing moves is told so in a few words."""
    cards, steps = (FULL, CARD), ("bring_utilisation_down", "close_unused_lines")
    full, still = outlooks(table(*cards), steps, SCENE)
    assert full.after not in {full.before, *full.each[1:]}, "the first moves it"
    assert full.each[1] == full.before, "the second does not"
    assert still.after == still.before
    reply = supposed(group(), table(*cards), steps, SCENE)
    labels = [row.label for row in chart(reply).rows]
    assert labels == ["A as it is", "A step 1", "A all of it", "B as it is"]
    case, other = words_of([reply]).split("**B** as it is")
    assert "step 2 changes hardly anything" in case
    assert "no step changes anything much" in other


def test_many_cases_stay_readable_and_quick() -> None:
    """Eight different cards and three steps: a chart of a few rows, within a few seconds of the processor."""
    sitting = table(*CARDS[:: len(CARDS) // 8][:8])
    steps = supposable(sitting, SCENE, 3)
    begun = time.process_time()
    reply = supposed(group("zh"), sitting, steps, SCENE)
    assert time.process_time() - begun < 6.0
    assert len(chart(reply).rows) <= 16


def test_steps_that_exclude_each_other_are_not_supposed_together() -> None:
    """Of two that clash, the second cannot be chosen."""
    pairs = [
        (one.action.id, other)
        for one in SCENE.library.actions.values()
        for other in one.action.conflicts
        if other in SCENE.library.actions
    ]
    assert all(clashes(pair, SCENE) for pair in pairs)
    assert not clashes(("pay_on_time_autopay",), SCENE)
    if pairs:
        with at_the_desk() as room:
            room.presses(ADA, f"{DESK}:s:{pairs[0][0]}")
            assert "exclude each other" in words_of(room.presses(ADA, f"{DESK}:s:{pairs[0][1]}")[ADA])


def test_cases_with_equal_cards_are_told_once_for_one_step_too() -> None:
    """Three cards alike, one step: one line of words and one pair of bars, as where several steps are compared."""
    reply = supposed(group(), table(FULL, FULL, CARD, FULL), ("bring_utilisation_down",), SCENE)
    (words,) = [block.markup for block in reply.blocks if isinstance(block, Text)]
    assert words.count("A, B and D") == 1
    assert len(outlooks(table(FULL, FULL, CARD, FULL), ("bring_utilisation_down",), SCENE)) == 4
    labels_of = [row.label for row in chart(reply).rows]
    assert labels_of[:2] == ["A, B and D as it is", "A, B and D with it"]


def test_nobody_is_asked_to_suppose_that_all_lower_their_lines() -> None:
    """How much lower is up to each of them: a forecast that says "hardly any change" would be nonsense."""
    with at_the_desk() as room:
        offered = supposable(room.sitting, SCENE, 40)
        assert offered
        assert not {"lower_line_yourself", "close_line"} & set(offered)
        shown = [room.presses(ADA, f"{DESK}:s:{page}")[ADA][0] for page in range(4)]
        assert not any("Lower your own line" in label for reply in shown for label in labels(reply))


def test_nobody_is_offered_what_all_of_them_have_done() -> None:
    """Who uses a third of the line at most need not bring it below half; where one of them should, it is offered."""
    light = Card(Kind.PERSON, 7, (Band("line", 1e4, 5e4), Band("use", None, 0.3), Band("overdue", None, 0.5)))
    assert "bring_utilisation_down" not in offered_steps(table(light, light, light), SCENE, 40)
    assert "bring_utilisation_down" in offered_steps(table(light, FULL, light), SCENE, 40)
