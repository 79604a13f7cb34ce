"""People: what they can do, what they see, and what the bot is told of it."""

from __future__ import annotations

import pytest

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.talking import PIXEL
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter
from tests.street.stage import Stage, buttons


def test_links_start_the_bot_in_private_and_bring_it_into_groups() -> None:
    """A link's payload arrives behind /start, in a group behind the command that names the bot."""
    stage = Stage()
    stage.bob.opens("https://t.me/limit_guide_bot?start=abc-1")
    group = stage.street.group("New", stage.bob, bot=False)
    stage.bob.opens("https://t.me/limit_guide_bot?startgroup=xyz", group)
    assert stage.bob.home.last.text == "/start abc-1"
    assert stage.updates()[-1]["message"]["text"] == "/start@limit_guide_bot xyz"
    assert group.status(stage.street.town.bot) == "member"
    with pytest.raises(ImpossibleError):
        stage.bob.opens("https://t.me/another_bot?start=abc")


def test_edits_are_told_with_their_date() -> None:
    """An edit of an own message comes as edited_message; nobody edits another's."""
    stage = Stage()
    said = stage.alice.says(stage.alice.home, "8000")
    stage.clock.advance(3)
    stage.alice.edits(said, "9000")
    told = stage.updates()[-1]["edited_message"]
    assert (told["text"], told["edit_date"] - told["date"]) == ("9000", 3)
    stage.send()
    with pytest.raises(ImpossibleError):
        stage.alice.edits(stage.alice.home.last, "mine now")


def test_presses_need_a_button_that_shows() -> None:
    """Only a callback button of a message that shows can be pressed; forged data arrive all the same."""
    stage = Stage()
    stage.send(reply_markup={"inline_keyboard": [[{"text": "Go", "callback_data": "go"}, {"text": "W", "url": "a.b"}]]})
    card = stage.alice.home.last
    for label in ("Stop", "W"):
        with pytest.raises(ImpossibleError):
            stage.alice.presses(card, label)
    stage.alice.presses(card, "Go")
    stage.alice.forges(card, "admin:drop")
    assert [update["callback_query"]["data"] for update in stage.updates()] == ["go", "admin:drop"]
    with pytest.raises(ImpossibleError):
        stage.dan.presses(card, "Go")
    stage.alice.deletes(card)
    with pytest.raises(ImpossibleError):
        stage.alice.presses(card, "Go")
    stage.alice.forges(card, "gone")
    assert stage.updates()[-1]["callback_query"]["message"]["date"] == 0


def test_a_press_lives_150_seconds_and_turns_until_it_is_answered() -> None:
    """The update of a press is dropped after 150 seconds, and an answer is given once."""
    stage = Stage()
    stage.send(reply_markup=buttons("Go"))
    press = stage.alice.presses(stage.alice.home.last, "Go")
    assert press.answer is None
    assert stage.call("answerCallbackQuery", callback_query_id=press.id, text="ok", show_alert=True).code == 200
    assert press.answer == {"text": "ok", "show_alert": True, "url": ""}
    assert stage.call("answerCallbackQuery", callback_query_id=press.id).code == 400
    stage.clock.advance(149)
    assert len(stage.call("getUpdates").body["result"]) == 1
    stage.clock.advance(2)
    assert stage.call("getUpdates").body["result"] == []


def test_reply_keyboards_show_and_are_tapped() -> None:
    """A reply keyboard shows in the chat until it is removed, and a tap says its label."""
    stage = Stage()
    stage.send(reply_markup={"keyboard": [["A", {"text": "B"}]], "resize_keyboard": True})
    assert stage.alice.home.keyboard == [["A", "B"]]
    stage.alice.taps(stage.alice.home, "B")
    assert stage.updates()[-1]["message"]["text"] == "B"
    stage.send(reply_markup={"remove_keyboard": True})
    assert stage.alice.home.keyboard == []
    with pytest.raises(ImpossibleError):
        stage.alice.taps(stage.alice.home, "B")


@pytest.mark.parametrize(
    "kind", ["photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker", "contact", "dice"]
)
def test_people_send_all_sorts_of_things(kind: str) -> None:
    """Whatever people send comes to the bot as that kind, with a file that can be fetched."""
    stage = Stage()
    sight = stage.alice.sends(kind, stage.alice.home)
    told = stage.updates()[-1]["message"][kind]
    assert sight.kind == kind
    if kind not in {"contact", "dice"}:
        held = told[-1] if isinstance(told, list) else told
        path = stage.call("getFile", file_id=held["file_id"]).result["file_path"]
        assert stage.street.file(path).body == sight.data


def test_forwards_carry_their_origin() -> None:
    """A forwarded message says who wrote it first, by people and by the bot."""
    stage = Stage()
    said = stage.bob.says(stage.talk, "wisdom")
    stage.alice.forwards(said, stage.alice.home)
    told = stage.updates()[-1]["message"]
    assert told["forward_origin"]["sender_user"]["first_name"] == "Bob"
    sent = stage.call("forwardMessage", chat_id=stage.alice.id, from_chat_id=stage.talk.id, message_id=said.id).result
    assert sent["forward_origin"]["type"] == "user"
    copied = stage.call("copyMessage", chat_id=stage.alice.id, from_chat_id=stage.talk.id, message_id=said.id).result
    assert stage.alice.home.message(copied["message_id"]).text == "wisdom"


def test_votes_are_counted_and_told() -> None:
    """An open poll tells who voted, and how it stands; a stopped one takes no vote."""
    stage = Stage()
    options = [{"text": "scam"}, {"text": "fair"}]
    sent = stage.call("sendPoll", chat_id=stage.talk.id, question="?", options=options, is_anonymous=False).result
    sight = stage.talk.message(sent["message_id"])
    stage.bob.votes(sight, "scam")
    stage.alice.votes(sight, "fair")
    stage.alice.votes(sight)
    assert stage.kinds() == ["poll", "poll_answer"] * 3
    assert stage.updates()[1]["poll_answer"]["option_ids"] == [0]
    result = stage.call("stopPoll", chat_id=stage.talk.id, message_id=sight.id).result
    assert [one["voter_count"] for one in result["options"]] == [1, 0]
    with pytest.raises(ImpossibleError):
        stage.bob.votes(sight, "fair")


def test_reactions_are_told_when_asked_for() -> None:
    """A reaction in private comes to a bot that asks for reactions."""
    stage = Stage()
    stage.street.town.updates.allowed = frozenset({"message_reaction"})
    stage.send()
    stage.alice.reacts(stage.alice.home.last, "\N{THUMBS UP SIGN}")
    assert stage.updates()[-1]["message_reaction"]["new_reaction"][0]["emoji"] == "\N{THUMBS UP SIGN}"


def test_menus_are_those_of_the_narrowest_scope() -> None:
    """People see the menu set for them: member, chat, administrators, groups, private, default, by language."""
    stage = Stage()
    for scope, name in (
        ({"type": "default"}, "plain"),
        ({"type": "all_private_chats"}, "private"),
        ({"type": "all_chat_administrators"}, "admins"),
        ({"type": "chat", "chat_id": stage.small.id}, "small"),
        ({"type": "chat_member", "chat_id": stage.talk.id, "user_id": stage.bob.id}, "bob"),
    ):
        stage.call("setMyCommands", commands=[{"command": name, "description": "x"}], scope=scope)
    stage.call("setMyCommands", commands=[{"command": "zh", "description": "x"}], language_code="zh")
    assert stage.alice.menu(stage.alice.home) == ["private"]
    assert stage.carol.menu(stage.talk) == ["admins"]
    assert stage.alice.menu(stage.small) == ["small"]
    assert stage.bob.menu(stage.talk) == ["bob"]
    assert stage.alice.menu(stage.talk) == ["zh"]
    assert stage.call("getMyCommands", language_code="zh").body["result"][0]["command"] == "zh"
    stage.call("deleteMyCommands", language_code="zh")
    assert stage.alice.menu(stage.talk) == ["plain"]


def test_typing_and_drafts_show_for_a_while() -> None:
    """That the bot types shows for 5 seconds, a draft for 30, and both end with the message."""
    stage = Stage()
    stage.call("sendChatAction", chat_id=stage.alice.id, action="typing")
    stage.call("sendMessageDraft", chat_id=stage.alice.id, draft_id=1, text="so far")
    assert (stage.alice.home.typing, stage.alice.home.draft) == ("typing", "so far")
    stage.clock.advance(6)
    assert (stage.alice.home.typing, stage.alice.home.draft) == ("", "so far")
    stage.send()
    assert stage.alice.home.draft == ""


def test_albums_captions_media_and_pins() -> None:
    """An album is one group of messages; captions and files change by edits; what is pinned is listed."""
    stage = Stage()
    media = [{"type": "photo", "media": f"attach://{name}", "caption": name} for name in "ab"]
    files = {"a": PIXEL, "b": PIXEL}
    first, second = stage.call("sendMediaGroup", files, chat_id=stage.alice.id, media=media).body["result"]
    assert first["media_group_id"] == second["media_group_id"]
    where = {"chat_id": stage.alice.id, "message_id": first["message_id"]}
    assert stage.call("editMessageCaption", **where, caption="c").result["caption"] == "c"
    changed = stage.call(
        "editMessageMedia", {"new": b"x"}, **where, media={"type": "document", "media": "attach://new"}
    )
    assert "document" in changed.result
    assert "caption" not in changed.result
    assert stage.call("editMessageReplyMarkup", **where, reply_markup=buttons("x")).result["reply_markup"] == buttons(
        "x"
    )
    stage.call("pinChatMessage", **where)
    assert stage.alice.home.chat.pinned == [first["message_id"]]
    stage.call("unpinAllChatMessages", chat_id=stage.alice.id)
    assert stage.alice.home.chat.pinned == []


def test_answers_quote_the_message_before() -> None:
    """A reply shows what it answers, on both sides, without what that one answered."""
    stage = Stage()
    sent = stage.send(reply_parameters={"message_id": 1}).result
    assert sent["reply_to_message"]["message_id"] == 1
    stage.alice.says(stage.alice.home, "well", Letter(reply_to=sent["message_id"]))
    quoted = stage.updates()[-1]["message"]["reply_to_message"]
    assert quoted["message_id"] == sent["message_id"]
    assert "reply_to_message" not in quoted
    assert stage.send(reply_parameters={"message_id": 999, "allow_sending_without_reply": True}).code == 200


def test_messages_live_a_day() -> None:
    """An update of a message is gone a day after its date."""
    stage = Stage()
    stage.alice.says(stage.alice.home, "hello")
    stage.clock.advance(86399)
    assert len(stage.call("getUpdates").body["result"]) == 1
    stage.clock.advance(2)
    assert stage.call("getUpdates").body["result"] == []


def test_the_bot_presents_itself() -> None:
    """Name, descriptions, menu button and chats are told as they were set."""
    stage = Stage()
    assert stage.call("getMe").result["can_read_all_group_messages"] is False
    assert stage.call("getMyName").result == {"name": "Limit Guide"}
    stage.call("setMyDescription", description="zh", language_code="zh")
    assert stage.call("getMyDescription", language_code="zh").result == {"description": "zh"}
    stage.call("setChatMenuButton", menu_button={"type": "commands"})
    assert stage.call("getChatMenuButton", chat_id=stage.alice.id).result == {"type": "commands"}
    told = stage.call("getChat", chat_id=stage.forum.id).result
    assert (told["is_forum"], told["permissions"]["can_send_messages"]) == (True, True)
    assert stage.call("getChat", chat_id=stage.alice.id).result["first_name"] == "Alice"


def test_a_clock_turned_by_hand_never_goes_back() -> None:
    """The clock of the tests moves forwards only, and the street's time with it."""
    clock = HandClock(5.0)
    clock.advance(2)
    assert clock() == 7.0
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)
