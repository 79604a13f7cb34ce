"""Groups: what privacy hides, who comes and goes and is in charge, topics, strange senders, and moving house."""

from __future__ import annotations

import pytest

from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter
from bot.channels.playground.wire import Wire
from tests.street.stage import Stage

NAME = "limit_guide_bot"


def _texts(stage: Stage) -> list[str]:
    return [update["message"].get("text", "") for update in stage.updates() if "message" in update]


def test_privacy_shows_only_what_is_meant_for_the_bot() -> None:
    """Mentions, commands that name it, answers to it and its via-messages come; talk and others' commands do not."""
    stage = Stage()
    own = stage.send(stage.talk).result["message_id"]
    stage.bob.says(stage.talk, "just talking")
    stage.bob.says(stage.talk, "/ask@other_bot")
    stage.bob.says(stage.talk, f"hey @{NAME.upper()}")
    stage.bob.says(stage.talk, f"please /ask@{NAME} now")
    stage.bob.says(stage.talk, "an answer", Letter(reply_to=own))
    via: Wire = {"via_bot": {"id": stage.street.town.bot.id}}
    stage.bob.says(stage.talk, "through you", Letter(extra=via))
    stage.bob.sends("photo", stage.talk, caption=f"/ask@{NAME}")
    assert _texts(stage) == [f"hey @{NAME.upper()}", f"please /ask@{NAME} now", "an answer", "through you", ""]


def test_a_bare_command_reaches_the_bot_that_spoke_last() -> None:
    """/ask without a name comes only while our bot was the last bot to speak; other bots are never heard."""
    stage = Stage()
    other = stage.street.other_bot("Other")
    stage.carol.brings(stage.talk, other)
    stage.street.town.updates.waiting.clear()
    stage.bob.says(stage.talk, "/one")
    stage.send(stage.talk)
    stage.bob.says(stage.talk, "/two")
    other.says(stage.talk, f"@{NAME} I speak now")
    stage.bob.says(stage.talk, "/three")
    assert _texts(stage) == ["/two"]


def test_an_administrator_and_a_bot_without_privacy_hear_all() -> None:
    """As administrator, or with privacy switched off, the bot hears ordinary talk."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    stage.bob.says(stage.talk, "just talking")
    assert _texts(stage) == ["just talking"]
    open_stage = Stage(privacy=False)
    open_stage.bob.says(open_stage.talk, "just talking")
    assert _texts(open_stage) == ["just talking"]


def test_service_messages_always_come() -> None:
    """Who joins and leaves is told in spite of privacy."""
    stage = Stage()
    stage.dan.joins(stage.talk)
    stage.dan.leaves(stage.talk)
    names = [next(name for name in update["message"] if "member" in name) for update in stage.updates()]
    assert names == ["new_chat_members", "left_chat_member"]


def test_the_bot_learns_how_it_stands_itself() -> None:
    """Brought in, promoted, demoted, thrown out, blocked: each is a my_chat_member with old and new status."""
    stage = Stage()
    group = stage.street.group("New", stage.carol, bot=False)
    stage.carol.brings(group)
    stage.carol.promotes(group)
    stage.carol.demotes(group)
    stage.carol.kicks(group)
    stage.alice.blocks()
    stage.alice.starts()
    told = [update["my_chat_member"] for update in stage.updates() if "my_chat_member" in update]
    steps = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in told]
    assert steps == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "kicked"),
        ("member", "kicked"),
        ("kicked", "member"),
    ]


def test_others_standing_is_told_to_administrators_who_ask() -> None:
    """chat_member comes only to an administrator, and only when asked for."""
    stage = Stage()
    stage.carol.promotes(stage.talk, stage.bob)
    stage.street.town.updates.allowed = frozenset({"chat_member"})
    stage.carol.demotes(stage.talk, stage.bob)
    stage.carol.promotes(stage.talk)
    stage.carol.promotes(stage.talk, stage.bob, ("can_pin_messages",))
    (told,) = [update["chat_member"] for update in stage.updates() if "chat_member" in update]
    assert told["new_chat_member"]["can_pin_messages"] is True
    assert told["new_chat_member"]["can_delete_messages"] is False
    member = stage.call("getChatMember", chat_id=stage.talk.id, user_id=stage.bob.id).result
    assert member["status"] == "administrator"


def test_who_is_in_charge_can_be_asked() -> None:
    """The administrators are the owner, those promoted and the bot itself, no other bots; members are counted."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    stage.carol.promotes(stage.talk, stage.bob)
    listed = stage.call("getChatAdministrators", chat_id=stage.talk.id).body["result"]
    assert {(one["user"]["first_name"], one["status"]) for one in listed} == {
        ("Carol", "creator"),
        ("Bob", "administrator"),
        ("Limit Guide", "administrator"),
    }
    assert stage.call("getChatMemberCount", chat_id=stage.talk.id).body["result"] == 4


def test_anonymous_administrators_and_channels_hide_who_speaks() -> None:
    """An anonymous administrator comes as GroupAnonymousBot for the group, a channel as Channel_Bot for itself."""
    stage = Stage()
    stage.carol.says(stage.talk, f"@{NAME} go", speaks_as="group")
    stage.bob.says(stage.talk, f"@{NAME} buy", speaks_as="Some channel")
    group, channel = [update["message"] for update in stage.updates()]
    assert (group["from"]["username"], group["sender_chat"]["id"]) == ("GroupAnonymousBot", stage.talk.id)
    assert (channel["from"]["username"], channel["sender_chat"]["type"]) == ("Channel_Bot", "channel")
    with pytest.raises(ImpossibleError):
        stage.bob.says(stage.talk, "I am nobody", speaks_as="group")


def test_a_group_that_moves_says_where_from_and_where_to() -> None:
    """Both chats tell of the move, members and rights go along, and the old chat takes nothing more."""
    stage = Stage()
    new = stage.carol.moves(stage.small)
    told = [update["message"] for update in stage.updates()]
    assert [one.get("migrate_to_chat_id") or one.get("migrate_from_chat_id") for one in told] == [
        new.id,
        stage.small.id,
    ]
    assert new.status(stage.alice.user) == "member"
    with pytest.raises(ImpossibleError):
        stage.alice.says(stage.small, "anybody here?")


def test_topics_keep_their_messages_apart() -> None:
    """A message in a topic carries it; the bot opens, renames, closes and deletes topics as administrator."""
    stage = Stage()
    stage.carol.promotes(stage.forum)
    made = stage.call("createForumTopic", chat_id=stage.forum.id, name="Alice").result["message_thread_id"]
    sent = stage.send(stage.forum, message_thread_id=made).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (made, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Alice"
    stage.bob.says(stage.forum, "in here", Letter(thread=made))
    assert stage.updates()[-1]["message"]["message_thread_id"] == made
    for method in ("closeForumTopic", "reopenForumTopic", "closeForumTopic"):
        assert stage.call(method, chat_id=stage.forum.id, message_thread_id=made).code == 200
    with pytest.raises(ImpossibleError):
        stage.bob.says(stage.forum, "too late", Letter(thread=made))
    assert stage.send(stage.forum, message_thread_id=made).code == 200
    stage.call("editForumTopic", chat_id=stage.forum.id, message_thread_id=made, name="Alice, done")
    assert stage.forum.topics == {"Alice, done": made}
    stage.call("deleteForumTopic", chat_id=stage.forum.id, message_thread_id=made)
    assert stage.forum.topics == {}
    assert all(sight.message.thread != made for sight in stage.forum.messages)


def test_the_bot_keeps_order_where_it_may() -> None:
    """Restricting, freeing, banning, letting in, promoting and demoting change how members stand."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    who = {"chat_id": stage.talk.id, "user_id": stage.bob.id}
    stage.call("restrictChatMember", **who, permissions={"can_send_photos": True})
    with pytest.raises(ImpossibleError):
        stage.bob.says(stage.talk, "may I?")
    seen = [stage.talk.status(stage.bob.user)]
    for method, more in (
        ("promoteChatMember", {"can_pin_messages": True}),
        ("promoteChatMember", {}),
        ("banChatMember", {}),
        ("unbanChatMember", {"only_if_banned": True}),
    ):
        assert stage.call(method, **who, **more).code == 200
        seen.append(stage.talk.status(stage.bob.user))
    assert seen == ["restricted", "administrator", "member", "kicked", "left"]
    stage.bob.joins(stage.talk)
    assert stage.talk.status(stage.bob.user) == "member"


def test_message_ids_are_those_of_the_platform() -> None:
    """Supergroups number their own messages; private chats and small groups share one count."""
    stage = Stage()
    first, second = stage.send().result["message_id"], stage.send(stage.small).result["message_id"]
    assert second == first + 1
    assert stage.send(stage.talk).result["message_id"] == stage.talk.chat.last_id < first + 10


def test_deleting_needs_the_right_to_it() -> None:
    """An administrator deletes others' messages, many at once, and passes over those that are gone."""
    stage = Stage()
    stage.carol.promotes(stage.talk)
    said = [stage.bob.says(stage.talk, str(number)).id for number in range(3)]
    assert stage.call("deleteMessages", chat_id=stage.talk.id, message_ids=[*said, 999]).code == 200
    assert not {sight.id for sight in stage.talk.messages} & set(said)
