"""What the group gets: a function of cards, letters and public knowledge, rounded, and gone with the cards."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.consultation.anonymising import Band, Card, cards_of
from bot.consultation.group_view import Tally, quizzed, ready_words, summary, supposed, vote
from bot.consultation.sitting import Seat, Sitting
from bot.consultation.supposing import facts_of_card, offered_steps, outlooks
from bot.consultation.unfit import unfit, unfit_for_group
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.messages import Bars, Picture
from bot.dialogue.polls import Poll
from bot.store.boards import put_up, tidy_late
from bot.store.engine import reading, writing
from bot.store.polls import Votes, count_votes, keep_poll
from bot.store.sharing import offered_cards
from bot.store.tables_of_groups import BOARDS
from knowledge.figures import about
from simulator.vocabulary import Facts, Kind
from tests.consultation.desking import ADA, CARD, GROUP, NUMBER, OLGA, at_the_desk, told, words_of
from tests.consultation.playing import NOW, crowd, opened
from tests.journeys.walking import scene_now

SCENE = scene_now()
LANGUAGES: tuple[Language, ...] = ("zh", "zh-hant", "en")
CARDS = sorted(crowd(), key=repr)
LATE = Card(Kind.PERSON, 7, (Band("line", 5e4), Band("overdue", 0.5)))
BARE = Card(Kind.PERSON, 9)
DESK = f"desk:{NUMBER}"


def table(*cards: Card, members: str = "tg:1") -> Sitting:
    """A sitting with these cards on its table, in their order."""
    seats = [
        Seat(member=f"{members}{place}", standing="shown", card=card, letter="ABCDEFGH"[place])
        for place, card in enumerate(cards)
    ]
    return Sitting(id="s1", group="tg:-1", about="t", opened_at=NOW, seats=tuple(seats), secret=members)


def group(language: Language = "en") -> Conversation:
    """A group that is spoken to in a language."""
    return Conversation(id="tg:-1", language=language)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(LANGUAGES))
def test_the_same_cards_look_the_same(seed: int, language: Language) -> None:
    """Whoever gave the cards, whenever and wherever: picture, words, vote and summary are the same to the letter."""
    chance = random.Random(seed)
    cards = tuple(chance.choice(CARDS) for _ in range(3))
    one, other = table(*cards), table(*cards, members="tg:98765")
    steps = offered_steps(one, SCENE, 5)
    assert steps == offered_steps(other, SCENE, 5)
    for show in (supposed, vote):
        assert show(group(language), one, steps[:2], SCENE) == show(group(language), other, steps[:2], SCENE)
    assert summary(group(language), one, Tally(), SCENE) == summary(group(language), other, Tally(), SCENE)


def test_somebody_in_the_middle_of_every_band() -> None:
    """Whom a card is played out for fits that very card, whichever of all cards that may be shown it is."""
    for card in CARDS:
        assert card in set(cards_of(facts_of_card(card)))


def test_ranges_are_round_and_in_order() -> None:
    """Every number of a supposition has two digits and noughts, and low, middle and high are in order."""
    cards = tuple(CARDS[:: len(CARDS) // 8][:8])
    found = outlooks(table(*cards), ("pay_on_time_autopay", "route_daily_payments"), SCENE)
    assert [one.letter for one in found] == list("ABCDEFGH")
    ends = [ends for one in found for ends in (one.before, one.after) if ends is not None]
    assert len(ends) > 8
    for one in ends:
        assert one.p10 <= one.p50 <= one.p90
        assert [about(value) for value in (one.p10, one.p50, one.p90)] == [one.p10, one.p50, one.p90]


def test_no_raise_for_who_carries_too_much() -> None:
    """A case with arrears is not played out with any step, and one without a line not at all; both are said plainly."""
    late, bare = outlooks(table(LATE, BARE), ("pay_on_time_autopay",), SCENE)
    assert (late.gated, late.after) == (True, None)
    assert bare.before is None
    reply = supposed(group(), table(LATE, BARE), ("pay_on_time_autopay",), SCENE)
    words = words_of([reply])
    assert "lighten them first" in words
    assert "says nothing of a line" in words
    (picture,) = [block for block in reply.blocks if isinstance(block, Picture)]
    assert isinstance(picture.of, Bars)
    assert [row.label for row in picture.of.rows] == ["A as it is"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_polls_fit_the_platform(language: Language) -> None:
    """Every quiz and a vote on the longest steps fit into a poll in every language, the right answer among them."""
    who, sitting = group(language), table(CARD)
    shelf = SCENE.library.actions
    longest = sorted(shelf, key=lambda name: -len(shelf[name].title.en))
    replies = [vote(who, sitting, longest, SCENE), vote(who, sitting, (), SCENE)]
    replies += [quizzed(who, sitting, quiz, SCENE) for quiz in SCENE.library.quizzes.values()]
    for reply in replies:
        (poll,) = reply.blocks
        assert isinstance(poll, Poll)
        assert len(poll.question) <= 300
        assert len(poll.explanation) <= 200
        assert 2 <= len(poll.options) <= 12
        assert len(set(poll.options)) == len(poll.options)
        assert max(map(len, poll.options)) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_ready_replies_may_be_said(language: Language) -> None:
    """Every reply kept ready passes the very check that an adviser's own words pass, and names its sources."""
    for reply in SCENE.library.ready.values():
        assert unfit(reply.words.said_in(language), SCENE.library) is None
        assert len(ready_words(group(language), reply, SCENE)) > len(reply.words.said_in(language)) * bool(reply.facts)


@settings(max_examples=60, deadline=None)
@given(st.floats(1e3, 5e6).map(lambda value: float(round(value))), st.sampled_from(["{:.0f}", "{:,.0f}", "{w:.2f}w"]))
def test_a_members_figure_is_never_fit(value: float, form: str) -> None:
    """However a member's figure is written, words with it may not stand before the group, unless it is quite round."""
    facts = Facts(Kind.PERSON, {"current_line": value})
    words = f"a line of {form.format(value, w=value / 1e4)} is fine"
    plain = value == float(f"{value:.0e}") or float(form.format(value, w=value / 1e4).strip("w").replace(",", "")) == 0
    near = abs(float(f"{value / 1e4:.2f}") * 1e4 - value) <= 0.005 * value
    if not plain and (near or "w" not in form):
        rounded = float(f"{value / 1e4:.2f}") * 1e4 if "w" in form else value
        expected = None if rounded < 100 or rounded == float(f"{rounded:.0e}") else "figure"
        assert unfit_for_group(words, [facts], SCENE.library) == expected


def test_what_shows_a_case_goes_with_it() -> None:
    """Once a card is gone the supposition and its card by itself are removed; the summary shows no card at all."""
    with at_the_desk() as room:
        posted = room.presses(ADA, f"{DESK}:S:bring_utilisation_down")[GROUP][0]
        assert posted.board == f"suppose:{NUMBER}"
        with writing(room.store) as connection:
            put_up(connection, GROUP, posted.board or "", 77)
        assert GROUP not in room.presses(ADA, f"{DESK}:c:A")
        room.presses(room.owner("B"), f"seat:{NUMBER}:hide")
        drawn = room.draws()[GROUP]
        assert [reply.removes for reply in drawn if reply.removes] == [(77,)]
        with reading(room.store) as connection:
            assert connection.execute(select(BOARDS)).all() == []
        (alone,) = room.take(GROUP, command="case", text="A", public=True, speaker=OLGA)[GROUP]
        assert alone.board == f"case:{NUMBER}:A"
        with writing(room.store) as connection:
            put_up(connection, GROUP, alone.board, 78)
        (ended,) = room.presses(ADA, f"lead:{NUMBER}:close:yes")[GROUP]
        assert ended.board == f"summary:{NUMBER}"
        assert "at the end: 2" in words_of([ended])
        assert "**A**" not in words_of([ended])
        table, *gone = room.draws()[GROUP]
        assert "line" not in words_of([table])
        assert [reply.removes for reply in gone] == [(78,)]
        with writing(room.store) as connection:
            put_up(connection, GROUP, f"case:{NUMBER}:C", 79)  # it was on its way out when the sitting ended
            tidy_late(connection, f"case:{NUMBER}:C")
        assert [reply.removes for reply in room.draws()[GROUP]][1:] == [(79,)]


def test_the_summary_of_a_closed_topic_goes_to_the_general_one() -> None:
    """Nobody may write where the sitting was held."""
    sitting = opened().model_copy(update={"topic": 7})
    for shut, topic in ((False, 7), (True, None)):
        assert summary(group("en"), sitting.model_copy(update={"shut": shut}), Tally(), SCENE).topic == topic


def test_a_case_shown_by_itself_stands_once() -> None:
    """Asked for again, a card by itself is shown anew, and the older message goes."""
    with at_the_desk() as room:
        room.take(GROUP, command="case", text="A", public=True, speaker=OLGA)
        with writing(room.store) as connection:
            put_up(connection, GROUP, f"case:{NUMBER}:A", 78)
        told = room.take(GROUP, command="case", text="a  why is that", public=True, speaker=ADA)[GROUP]
        assert [reply.removes for reply in told] == [(78,), ()]
        assert "Case A" in words_of(told)
        assert [reply.board for reply in told][1] == f"case:{NUMBER}:A"


def test_a_newer_supposition_takes_the_older_ones_place() -> None:
    """Only the newest supposition of a sitting stands in its group."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:S:bring_utilisation_down")
        with writing(room.store) as connection:
            put_up(connection, GROUP, f"suppose:{NUMBER}", 77)
        said = room.presses(ADA, f"{DESK}:S:fewer_draws")[GROUP]
        assert [reply.removes for reply in said] == [(77,), ()]


def test_the_summary_tells_the_vote_and_hands_on_examples() -> None:
    """A vote is closed and counted, what was agreed and cited is told, and consenting cases go to the editors."""
    with at_the_desk() as room:
        room.presses(ADA, f"{DESK}:V")
        steps = room.sitting.brought.voted
        with writing(room.store) as connection:
            keep_poll(connection, GROUP, "p1", f"vote:{NUMBER}", 55)
            count_votes(connection, {"p1": Votes((2, 0, 5, *([0] * (len(steps) - 3)), 1))})
        room.presses(ADA, f"{DESK}:R:fee_first_is_scam")
        room.presses(ADA, f"{DESK}:g")
        room.types(ADA, "pay on time and wait")
        owner, other = room.owner("A"), room.owner("B")
        for name in (owner, other):
            room.presses(name, f"own:{NUMBER}:teach")
        room.presses(other, f"own:{NUMBER}:teach:no")
        closing, ended = room.presses(ADA, f"lead:{NUMBER}:close:yes")[GROUP]
        assert closing.closes == 55
        words = words_of([ended])
        titles = [SCENE.library.actions[steps[place]].title.en for place in (2, 0)]
        assert words.index(f"{titles[0]}: 5") < words.index(f"{titles[1]}: 2") < words.index("wait and see: 1")
        assert "pay on time and wait" in words
        assert "96110" in words
        with reading(room.store) as connection:
            cards = offered_cards(connection)
        assert set(cards) == {owner}
        assert cards[owner].steps == tuple(sorted((steps[0], steps[2])))
        assert not {str(value) for value in told(0).values() if isinstance(value, float)} & set(str(cards).split())
        room.presses(owner, f"own:{NUMBER}:teach:no")
        with reading(room.store) as connection:
            assert offered_cards(connection) == {}
