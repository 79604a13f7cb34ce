"""Polls on the street: put up once, answered by nobody in particular, counted, and closed."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from sqlalchemy import event

from bot.channels.playground.sights import Sight
from bot.channels.telegram.ballots import ballot_of, votes_in
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.polling import KINDS
from bot.channels.telegram.rendering import render
from bot.dialogue.messages import Reply, Text
from bot.dialogue.polls import Poll
from bot.store.engine import reading, writing
from bot.store.outbox import promise
from bot.store.polls import Kept, Votes, poll_named
from tests.doors.test_telegram_whispers import Group
from tests.faults.house import settled
from tests.street.stage import Stage

QUIZ = Poll(
    name="scam",
    question="先交解冻费才放款，是？",
    options=("正常手续", "骗局"),
    right=1,
    explanation="放款前要钱的就是骗",
)
PLANS = Poll(name="plans", question="先做哪一步？", options=("还掉最贵的", "报全收入", "都不做"))


async def _put_up(town: Group, parts: Parts, *replies: Reply) -> None:
    with writing(town.house.store) as connection:
        promise(connection, f"tg:{town.place.id}", 1, replies)
    await parts.worker.sweep(0)
    await settled(parts)


def _kept(town: Group, name: str) -> Kept:
    with reading(town.house.store) as connection:
        kept = poll_named(connection, f"tg:{town.place.id}", name)
    assert kept is not None
    return kept


def _board(town: Group, name: str) -> Sight:
    return town.place.message(_kept(town, name).message)


def test_a_poll_is_put_up_counted_and_closed() -> None:
    """Votes come in as numbers without names; what is closed takes no more, and closing it twice is no harm."""
    town = Group()

    async def life(parts: Parts) -> None:
        await _put_up(town, parts, Reply(blocks=(PLANS,)))
        town.alice.votes(_board(town, "plans"), "还掉最贵的")
        town.bob.votes(_board(town, "plans"), "都不做")
        await settled(parts)
        assert _kept(town, "plans").votes == Votes((1, 0, 1))
        closing = Reply(blocks=(), closes=_kept(town, "plans").message)
        await _put_up(town, parts, closing, closing)
        assert _kept(town, "plans").votes == Votes((1, 0, 1), closed=True)
        assert parts.postman.counts["send"] == 3

    town.lived(life)
    assert "alice" not in town.kept().lower()
    with reading(town.house.store) as connection:
        assert poll_named(connection, f"tg:{town.place.id}", "other") is None


def test_a_quiz_says_what_is_right_and_nobody_sees_who_answered() -> None:
    """A quiz is anonymous, knows its right answer, and says why."""
    town = Group()

    async def life(parts: Parts) -> None:
        await _put_up(town, parts, Reply(blocks=(QUIZ,)))
        town.alice.votes(_board(town, "scam"), "骗局")

    town.lived(life)
    held = town.street.town.polls[_board(town, "scam").message.content["poll"]["id"]]
    assert (held.kind, held.anonymous, held.correct, held.explanation) == ("quiz", True, 1, "放款前要钱的就是骗")
    assert _kept(town, "scam").votes.counts == (0, 1)


def test_where_polls_are_not_allowed_the_words_are_shown() -> None:
    """In a group that takes no polls question and options are read, and no votes are expected."""
    town = Group(leads=False)
    town.place.chat.permissions["can_send_polls"] = False

    async def life(parts: Parts) -> None:
        await _put_up(town, parts, Reply(blocks=(PLANS,)))

    town.lived(life)
    assert all(option in town.ours()[-1] for option in (PLANS.question, *PLANS.options))
    with reading(town.house.store) as connection:
        assert poll_named(connection, f"tg:{town.place.id}", "plans") is None


def test_to_and_fro_votes_cost_no_write_each_and_closing_is_always_kept() -> None:
    """Of hundreds of changed votes in a moment some sixty are written; the last state is, when the poll is closed."""
    town = Group()
    writes: list[str] = []

    async def life(parts: Parts) -> None:
        await _put_up(town, parts, Reply(blocks=(PLANS,)))
        event.listen(town.house.store, "before_cursor_execute", lambda *call: writes.append(call[2]))
        for number in range(300):
            town.bob.votes(_board(town, "plans"), PLANS.options[number % 2])
            await settled(parts, 0.001)
        await _put_up(town, parts, Reply(blocks=(), closes=_kept(town, "plans").message))
        assert _kept(town, "plans").votes == Votes((0, 1, 0), closed=True)

    town.lived(life)
    assert 1 < len([one for one in writes if one.startswith("UPDATE polls")]) < 70


@pytest.mark.parametrize("words", ["长" * 400, "\U0001f4b0" * 400, " \u202e\n\t ", "**a** <b>&" * 80])
@pytest.mark.parametrize("quiz", [True, False])
def test_whatever_a_poll_says_the_platform_takes_it(words: str, quiz: bool) -> None:
    """Questions, options and explanations are cut to what the platform takes, however long or odd they are."""
    stage = Stage()
    poll = Poll(name="x", question=words, options=(words, "b"), right=1 if quiz else None, explanation=words)
    told = ballot_of(poll)
    assert stage.call("sendPoll", chat_id=stage.talk.id, **told).code == 200
    assert told["is_anonymous"] is True
    assert len(str(told.get("explanation", ""))) <= 200


def test_a_poll_in_words_says_everything() -> None:
    """Where nobody can vote, question, options and the right answer are read."""
    words = "".join(render(Reply(blocks=(QUIZ,)), str).parts)
    assert all(part in words for part in (QUIZ.question, *QUIZ.options, QUIZ.explanation))


def test_what_is_no_poll_is_refused_or_passed_over() -> None:
    """A right answer outside the options and a poll among other blocks are mistakes; odd updates are nobody's votes."""
    with pytest.raises(ValidationError, match="place of one of the options"):
        Poll(name="x", question="?", options=("a", "b"), right=2)
    with pytest.raises(ValidationError, match="stands alone"):
        Reply(blocks=(Text(markup="a"), QUIZ))
    odd = [{"poll": {"id": "1"}}, {"poll": {"id": "2", "options": [{}], "is_closed": False}}, {"message": {}}]
    assert votes_in(odd) == {}
    assert "poll" in KINDS
