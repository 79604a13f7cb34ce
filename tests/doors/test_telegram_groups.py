"""Translating: what happens in groups and channels is heard only where it is meant for us, or told as what it is."""

from __future__ import annotations

import pytest
from telegram import Update

from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import Letter
from tests.doors.telegram_hearing import Hearing
from tests.street.stage import Stage


@pytest.fixture
def scene() -> Hearing:
    """Alice, Bob and Carol, and nothing waiting."""
    return Hearing()


def test_a_press_in_a_group(scene: Hearing) -> None:
    """In a group only the owner presses a personal card, and everybody a card that was made for the group."""
    stage = scene.stage
    mine = scene.card(stage.talk.id, stage.alice.id)
    stage.bob.presses(mine, "x")
    assert scene.last().reason == "foreign"
    stage.alice.presses(mine, "x")
    assert scene.last().arrival is not None
    stage.bob.presses(scene.card(stage.talk.id, stage.talk.id, "case:a"), "x")
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.action, heard.user_id, heard.group) == ("case:a", stage.bob.id, True)


def test_talk_in_a_group_is_left_alone() -> None:
    """Only commands, mentions and answers to us are heard in a group, without our name in them."""
    scene = Hearing(Stage(privacy=False))
    stage, place = scene.stage, scene.stage.talk
    stage.bob.says(place, "我月入一万")
    assert scene.last().reason == "not_addressed"
    stage.bob.says(place, f"@{scene.name}xyz hello")
    assert scene.last().reason == "not_addressed"
    stage.bob.sends("photo", place)
    assert scene.last().reason == "not_addressed"
    stage.bob.says(place, f"请问 @{scene.name.upper()} 提前还款要钱吗")
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.text, heard.group, heard.conversation) == ("请问 提前还款要钱吗", True, f"tg:{place.id}")
    ours = scene.card(place.id, place.id)
    stage.bob.says(place, "为什么", Letter(reply_to=ours.id))
    answer = scene.last().arrival
    assert answer is not None
    assert answer.text == "为什么"


def test_commands_in_a_group_and_its_topics(scene: Hearing) -> None:
    """A command for us arrives with its topic; one for another bot does not."""
    stage = scene.stage
    topic = stage.carol.opens_topic(stage.forum, "credit")
    stage.bob.says(stage.forum, f"/consult@{scene.name} 车贷", Letter(thread=topic))
    heard = scene.last()
    assert heard.arrival is not None
    assert (heard.arrival.command, heard.arrival.text, heard.thread_id) == ("consult", "车贷", topic)
    told = stage.updates()[-1]
    told["message"]["text"] = "/consult@some_other_bot 车贷"
    assert scene.hear(told).reason == "other_bot"


def test_nobody_in_particular_is_not_heard(scene: Hearing) -> None:
    """An administrator who hides behind the group, a channel and another bot are no persons."""
    stage = scene.stage
    stage.carol.says(stage.talk, f"/close@{scene.name}", speaks_as="group")
    assert scene.last().reason == "anonymous"
    stage.carol.says(stage.talk, f"/close@{scene.name}", speaks_as="Some channel")
    assert scene.last().reason == "channel"
    told = stage.updates()[-1]
    del told["message"]["sender_chat"]
    assert scene.hear(told).reason == "bot"


def test_what_was_forwarded_is_heard_but_marked(scene: Hearing) -> None:
    """Forwarded words are words, yet nobody's command."""
    stage = scene.stage
    said = stage.bob.says(stage.talk, f"/admin@{scene.name}")
    stage.alice.forwards(said, stage.alice.home)
    heard = scene.last()
    assert heard.secondhand
    assert heard.arrival is not None
    assert heard.arrival.command == "admin"
    assert not scene.all()[0].secondhand


def test_a_group_that_moves_names_both_ids(scene: Hearing) -> None:
    """Whichever of the two notices comes, it says which id became which."""
    stage = scene.stage
    place = stage.carol.moves(stage.small)
    moved = [heard for heard in scene.all() if heard.reason == "moved"]
    assert len(moved) == 2
    assert {(heard.chat_id, heard.moved_to) for heard in moved} == {(stage.small.id, place.id)}


def test_coming_going_and_rights_in_groups(scene: Hearing) -> None:
    """Being brought into a group, promoted and thrown out are told apart."""
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    assert scene.last().reason == "rights"
    stage.carol.kicks(stage.talk)
    assert [heard.reason for heard in scene.all() if heard.kind == "my_chat_member"][-1] == "removed"
    told = next(one for one in stage.updates()[::-1] if "my_chat_member" in one)
    change = told["my_chat_member"]
    change["old_chat_member"], change["new_chat_member"] = change["new_chat_member"], change["old_chat_member"]
    assert scene.hear(told).reason == "added"


def test_a_member_demoted_is_told(scene: Hearing) -> None:
    """Where we asked for it, a member's new standing is heard with whose it is."""
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    stage.call("getUpdates", allowed_updates=["chat_member", "message"])
    stage.carol.promotes(stage.talk, stage.bob)
    heard = scene.last()
    assert (heard.reason, heard.user_id, heard.chat_id) == ("member", stage.bob.id, stage.talk.id)


def test_events_in_a_chat_are_no_words(scene: Hearing) -> None:
    """Somebody who joins, a pinned message and the like are events."""
    scene.stage.dan.joins(scene.stage.talk)
    assert "service" in {heard.reason for heard in scene.all()}


def test_a_whisper_is_heard_with_its_number(scene: Hearing) -> None:
    """A message that only we can see, newer than the library, is heard and can be answered in kind."""
    stage = scene.stage
    stage.bob.whispers(stage.talk, f"/ask@{scene.name} 问")
    heard = scene.last()
    assert heard.arrival is not None
    assert heard.arrival.command == "ask"
    assert (heard.message_id, heard.whisper) == (None, 1)


def test_channels_are_not_for_us(scene: Hearing) -> None:
    """What happens in a channel has its own reason."""
    post = {"message_id": 1, "date": 1, "chat": {"id": -1009, "type": "channel", "title": "c"}, "text": "x"}
    assert scene.hear({"update_id": 1, "channel_post": post}).reason == "channel"
    assert scene.hear({"update_id": 1, "message": post}).reason == "channel"
    stage = scene.stage
    stage.carol.promotes(stage.talk)
    told = next(one for one in stage.updates() if "my_chat_member" in one)
    told["my_chat_member"]["chat"] = post["chat"]
    assert scene.hear(told).reason == "channel"


def _lives(stage: Stage) -> None:
    """A busy day, with a little of everything."""
    alice, bob, carol = stage.alice, stage.bob, stage.carol
    carol.promotes(stage.talk)
    poll = stage.call(
        "sendPoll", chat_id=stage.talk.id, question="?", options=[{"text": "a"}, {"text": "b"}], is_anonymous=False
    )
    board = Sight(stage.street.town, stage.street.town.chats[stage.talk.id].messages[poll.result["message_id"]])
    bob.votes(board, "a")
    bob.reacts(board, "👍")
    said = alice.says(alice.home, "a")
    alice.edits(said, "b")
    alice.forwards(said, alice.home)
    alice.sends("photo", alice.home, caption="c")
    stage.dan.joins(stage.talk)
    stage.dan.leaves(stage.talk)
    carol.restricts(stage.talk, bob)
    carol.moves(stage.small)
    topic = carol.opens_topic(stage.forum, "t")
    carol.closes_topic(stage.forum, topic)
    alice.blocks()


def test_whatever_the_street_brings_is_heard(scene: Hearing) -> None:
    """Of a busy day with every kind of update asked for, each is heard or has its reason, and none is a crash."""
    kinds = [*Update.ALL_TYPES]
    scene.stage.call("getUpdates", allowed_updates=kinds)
    _lives(scene.stage)
    heard = scene.all()
    assert len({one.key for one in heard}) == len(heard) > 12
    assert {one.kind for one in heard} >= {
        "message",
        "edited_message",
        "poll_answer",
        "message_reaction",
        "chat_member",
    }
