"""Corners of the street that no conversation turns: odd parameters, odd senders, odd moments."""

from __future__ import annotations

import json
import urllib.request

import pytest

from bot.channels.playground.clocks import wall_seconds
from bot.channels.playground.faces.background import served
from bot.channels.playground.refusals.table import RULES
from bot.channels.playground.street import Street
from bot.channels.playground.talking import PIXEL
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter
from tests.street.stage import Stage, buttons


def test_a_street_is_served_from_a_thread() -> None:
    """Callers without an event loop, and other processes, reach it over HTTP, at the wall's time."""
    street = Street(clock=wall_seconds)
    with served(street) as at, urllib.request.urlopen(f"{at.base_url}{street.token}/getMe") as answer:  # noqa: S310  loopback
        assert json.load(answer)["result"]["username"] == "limit_guide_bot"
        with pytest.raises(OSError, match="in use"), served(street, int(at.root.rpartition(":")[2])):
            pass
    assert street.town.now > 1_700_000_000


def test_few_words_of_the_table_are_guessed() -> None:
    """Nine rules of ten quote the public server's source or its users."""
    assert sum(rule.grade == "assumed" for rule in RULES.values()) * 10 < len(RULES)


def test_a_bot_that_was_blocked_can_still_tidy_up() -> None:
    """Blocking stops sending, not editing and deleting what is there."""
    stage = Stage()
    number = stage.send().result["message_id"]
    stage.alice.blocks()
    where = {"chat_id": stage.alice.id, "message_id": number}
    assert stage.call("editMessageText", **where, text="edited").code == 200
    assert stage.call("deleteMessage", **where).code == 200
    with pytest.raises(ImpossibleError):
        stage.alice.says(stage.alice.home, "you are blocked")


def test_places_contacts_and_dice_are_sent() -> None:
    """What needs no file arrives as what it is; a die falls as the seed says."""
    stage = Stage()
    sent = stage.call("sendLocation", chat_id=stage.alice.id, latitude="31.5", longitude=121).result
    assert sent["location"] == {"latitude": 31.5, "longitude": 121.0}
    sent = stage.call("sendContact", chat_id=stage.alice.id, phone_number="1", first_name="A").result
    assert sent["contact"]["phone_number"] == "1"
    throws = [stage.call("sendDice", chat_id=stage.alice.id).result["dice"]["value"] for _ in range(20)]
    assert set(throws) <= set(range(1, 7))
    assert len(set(throws)) > 2


def test_a_public_supergroup_is_reached_by_its_name() -> None:
    """@name stands for the id of a supergroup that has one, and for nothing else."""
    stage = Stage()
    stage.talk.chat.username = "the_talk"
    assert stage.call("sendMessage", chat_id="@The_Talk", text="x").result["chat"]["username"] == "the_talk"
    assert stage.call("sendMessage", chat_id="@alice", text="x").code == 400


def test_messages_with_reply_keyboards_are_never_edited() -> None:
    """A message that brought a reply keyboard cannot be edited; one with inline buttons can, however old."""
    stage = Stage()
    plain = stage.send(reply_markup={"keyboard": [["A"]]}).result["message_id"]
    inline = stage.send(reply_markup=buttons("A")).result["message_id"]
    stage.clock.advance(3 * 86400)
    codes = [
        stage.call("editMessageText", chat_id=stage.alice.id, message_id=number, text="new").code
        for number in (plain, inline)
    ]
    assert codes == [400, 200]


def test_edits_without_an_address_are_refused() -> None:
    """An edit that names neither chat nor message is refused, and so is one with a reply keyboard removed."""
    stage = Stage()
    assert stage.call("editMessageText", text="x").code == 400
    number = stage.send().result["message_id"]
    where = {"chat_id": stage.alice.id, "message_id": number}
    assert stage.call("editMessageReplyMarkup", **where, reply_markup={"remove_keyboard": True}).code == 400
    assert stage.call("editMessageReplyMarkup", **where, reply_markup={"inline_keyboard": []}).code == 400


def test_the_bot_reacts_and_unpins() -> None:
    """A reaction of the bot is kept, and the latest pin is taken down when none is named."""
    stage = Stage()
    number = stage.send().result["message_id"]
    where = {"chat_id": stage.alice.id, "message_id": number}
    stage.call("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "\N{EYES}"}])
    assert stage.alice.home.last.message.reactions[stage.street.town.bot.id][0]["emoji"] == "\N{EYES}"
    stage.call("pinChatMessage", **where)
    assert stage.kinds() == ["message"]
    assert stage.call("unpinChatMessage", chat_id=stage.alice.id).code == 200
    assert stage.alice.home.chat.pinned == []


def test_parameters_that_cannot_be_read_are_refused_or_passed_over() -> None:
    """Broken JSON is refused where the platform refuses it, and counts as nothing where it does not."""
    stage = Stage()
    chat = stage.alice.id
    assert stage.send(entities="[broken", reply_parameters="{broken").code == 200
    assert stage.call("sendMediaGroup", chat_id=chat, media="[broken").code == 400
    assert stage.call("sendMediaGroup", chat_id=chat, media={}).code == 400
    assert stage.call("sendPoll", chat_id=chat, question="?", options="[broken").code == 400
    assert stage.call("deleteMessages", chat_id=chat, message_ids="[broken").code == 400
    assert stage.call("getUpdates", allowed_updates="[broken").code == 200
    assert stage.call("setWebhook", url="http://[broken").code == 400
    assert stage.call("setMyCommands", commands="").body["result"] is True
    for entity in ("x", {"type": "bold"}):
        assert stage.send(entities=[entity]).code == 400
    for command in ("x", {"command": "a"}):
        assert stage.call("setMyCommands", commands=[command]).code == 400
    for scope in ("[]", {"type": "chat_member", "chat_id": stage.talk.id}):
        assert stage.call("getMyCommands", scope=scope).code == 400


def test_told_entities_are_kept_beside_those_found() -> None:
    """Entities that came with the call are kept; nothing is found inside told code."""
    said = Stage().send(text="/ask me", entities=[{"type": "code", "offset": 0, "length": 4}]).result
    assert [entity["type"] for entity in said["entities"]] == ["code"]


def test_markup_of_links_and_emoji() -> None:
    """Links without an address are words, with one they are links; custom emoji and quotes have their forms."""
    text = '<a>a.b</a> <a href="https://c.d">c</a> <a>e</a> <blockquote expandable>q</blockquote>'
    said = Stage().send(text=f'{text}<tg-emoji emoji-id="12">\N{EYES}</tg-emoji>', parse_mode="HTML").result
    kinds = [(entity["type"], entity.get("url", "")) for entity in said["entities"]]
    assert kinds == [
        ("text_link", "a.b"),
        ("text_link", "https://c.d"),
        ("expandable_blockquote", ""),
        ("custom_emoji", ""),
    ]


def test_a_quiz_has_one_right_answer() -> None:
    """A quiz tells its right answer in the old form or the new, and takes one vote."""
    stage = Stage()
    options = [{"text": "scam"}, {"text": "fair"}]
    for told in ({"correct_option_id": 1}, {"correct_option_ids": [1]}):
        sent = stage.call("sendPoll", chat_id=stage.talk.id, question="?", options=options, type="quiz", **told).result
        assert sent["poll"]["correct_option_id"] == 1
    stage.bob.votes(stage.talk.last, "fair")
    with pytest.raises(ImpossibleError):
        stage.bob.votes(stage.talk.last, "scam")


def test_people_are_held_to_what_the_platform_lets_them_do() -> None:
    """Strangers do not write in groups or private chats, nobody votes out others or edits theirs."""
    stage = Stage()
    said = stage.bob.says(stage.talk, "mine")
    stage.carol.kicks(stage.talk, stage.bob)
    for act in (
        lambda: stage.dan.says(stage.talk, "hello?"),
        lambda: stage.dan.says(stage.alice.home, "hello?"),
        lambda: stage.dan.leaves(stage.talk),
        lambda: stage.bob.joins(stage.talk),
        lambda: stage.alice.kicks(stage.talk, stage.carol),
        lambda: stage.alice.deletes(said),
        lambda: stage.alice.opens("https://t.me/limit_guide_bot?startgroup=x"),
        lambda: stage.talk.status(stage.dan.user) == "left" and stage.dan.taps(stage.talk, "x"),
    ):
        with pytest.raises(ImpossibleError):
            act()
    stage.alice.deactivates()
    with pytest.raises(ImpossibleError):
        stage.alice.says(stage.talk, "who am I?")


def test_unchanged_edits_and_statuses_tell_nothing() -> None:
    """An edit to the same words and a promotion to the same rights are no news."""
    stage = Stage()
    said = stage.alice.says(stage.alice.home, "same")
    stage.alice.edits(said, "same")
    stage.carol.promotes(stage.talk)
    before = len(stage.updates())
    stage.carol.promotes(stage.talk)
    assert len(stage.updates()) == before == 2


def test_one_time_keyboards_hide_when_tapped() -> None:
    """A keyboard for one time is gone after a tap."""
    stage = Stage()
    stage.send(reply_markup={"keyboard": [["A"]], "one_time_keyboard": True})
    stage.alice.taps(stage.alice.home, "A")
    assert stage.alice.home.keyboard == []


def test_a_person_may_speak_in_a_channels_name_in_a_topic() -> None:
    """A letter keeps its topic and what it answers, whoever signs it."""
    stage = Stage()
    topic = stage.carol.opens_topic(stage.forum, "Rates")
    sight = stage.carol.says(stage.forum, "hello", Letter(thread=topic), speaks_as="group")
    assert (sight.message.thread, sight.wire()["from"]["username"]) == (topic, "GroupAnonymousBot")
    assert stage.forum.message(topic).kind == "forum_topic_created"


def test_a_file_can_be_sent_again_by_its_id() -> None:
    """The id of a file that the platform has stands for it, for people's files as well."""
    stage = Stage()
    stage.alice.sends("photo", stage.alice.home, PIXEL)
    number = stage.updates()[-1]["message"]["photo"][-1]["file_id"]
    sent = stage.call("sendPhoto", chat_id=stage.alice.id, photo=number).result
    assert sent["photo"][-1]["file_id"] == number
    assert stage.alice.home.last.data == PIXEL
    assert (stage.alice.home.last.file_name, stage.alice.home.messages[0].data) == ("", b"")
