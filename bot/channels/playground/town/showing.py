"""How the records look on the wire: users, chats, members, messages, polls and files as the Bot API writes them."""

from __future__ import annotations

from bot.channels.playground.town.records import (
    ADMIN_RIGHTS,
    PERMISSIONS,
    SUPERGROUP_RIGHTS,
    Chat,
    Member,
    Message,
    Poll,
    StoredFile,
    User,
)
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire

ANONYMOUS = User(1087968824, "Group", "GroupAnonymousBot", is_bot=True)
CHANNEL = User(136817688, "Channel", "Channel_Bot", is_bot=True)
"""The names that stand in for an anonymous administrator and for a channel."""


def user_wire(user: User) -> Wire:
    """A user."""
    said: Wire = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.username:
        said["username"] = user.username
    if user.language:
        said["language_code"] = user.language
    return said


def chat_wire(town: Town, chat: Chat) -> Wire:
    """A chat as messages carry it."""
    if chat.kind == "private":
        user = user_wire(town.users[chat.id])
        return {"id": chat.id, "type": "private", **{k: user[k] for k in ("first_name", "username") if k in user}}
    said: Wire = {"id": chat.id, "type": chat.kind, "title": chat.title}
    if chat.username:
        said["username"] = chat.username
    if chat.forum:
        said["is_forum"] = True
    return said


def member_wire(town: Town, chat: Chat, member: Member) -> Wire:
    """How somebody stands in a chat."""
    said: Wire = {"user": user_wire(town.users[member.user]), "status": member.status}
    if member.status in {"creator", "administrator"}:
        said["is_anonymous"] = member.anonymous
        said |= {"custom_title": member.title} if member.title else {}
    if member.status == "administrator":
        rights = ADMIN_RIGHTS + (SUPERGROUP_RIGHTS if chat.kind == "supergroup" else ("can_pin_messages",))
        said |= {"can_be_edited": False} | {right: member.rights.get(right, False) for right in rights}
    if member.status == "restricted":
        said |= {"is_member": member.inside} | {right: member.rights.get(right, False) for right in PERMISSIONS}
    if member.status in {"restricted", "kicked"}:
        said["until_date"] = member.until
    return said


def message_wire(town: Town, message: Message, *, quoting: bool = True) -> Wire:
    """A message; the one it answers is shown without what that one answers in turn."""
    chat = town.chats[message.chat]
    said: Wire = {
        "message_id": 0 if message.whisper else message.id,
        "from": user_wire(_visible_sender(town, message)),
        "chat": chat_wire(town, chat),
        "date": message.date,
        **message.content,
        **message.extra,
    }
    if "poll" in said:
        said["poll"] = poll_wire(town.polls[said["poll"]["id"]])
    said |= {"sender_chat": message.sender_chat} if message.sender_chat else {}
    said |= {"edit_date": message.edit_date} if message.edit_date else {}
    said |= {"reply_markup": message.markup} if message.markup else {}
    said |= _thread_wire(chat, message)
    if message.whisper:
        said |= {
            "ephemeral_message_id": message.whisper,
            "receiver_user": user_wire(town.users[message.receiver]),
        }
    answered = chat.messages.get(message.reply_to or message.thread)
    if quoting and answered is not None and answered.id != message.id and not answered.deleted:
        said["reply_to_message"] = message_wire(town, answered, quoting=False)
    return said


def _thread_wire(chat: Chat, message: Message) -> Wire:
    if not message.thread:
        return {}
    said: Wire = {"message_thread_id": message.thread}
    return {**said, "is_topic_message": True} if chat.forum else said


def _visible_sender(town: Town, message: Message) -> User:
    if message.sender_chat is None:
        return town.users[message.sender]
    return ANONYMOUS if message.sender_chat["id"] == message.chat else CHANNEL


def poll_wire(poll: Poll) -> Wire:
    """A poll with its present votes."""
    tally = [sum(number in votes for votes in poll.votes.values()) for number in range(len(poll.options))]
    said: Wire = {
        "id": poll.id,
        "question": poll.question,
        "options": [
            {"persistent_id": f"{poll.id}-{number}", "text": text, "voter_count": tally[number]}
            for number, text in enumerate(poll.options)
        ],
        "total_voter_count": sum(bool(votes) for votes in poll.votes.values()),
        "is_closed": poll.closed,
        "is_anonymous": poll.anonymous,
        "type": poll.kind,
        "allows_multiple_answers": poll.multiple,
        "allows_revoting": poll.kind == "regular",
        "members_only": False,
    }
    if poll.kind == "quiz":
        said |= {"correct_option_id": poll.correct, "correct_option_ids": [poll.correct]}
        said |= {"explanation": poll.explanation} if poll.explanation else {}
    return said


def file_wire(stored: StoredFile) -> Wire:
    """A file as it stands inside a message."""
    said: Wire = {"file_id": stored.id, "file_unique_id": stored.unique, "file_size": len(stored.data)}
    if stored.kind in {"photo", "sticker", "video", "animation"}:
        said |= {"width": stored.width or 512, "height": stored.height or 512}
    if stored.kind in {"document", "audio", "video", "animation"}:
        said |= {"file_name": stored.name, "mime_type": stored.mime}
    if stored.kind in {"audio", "voice", "video", "video_note", "animation"}:
        said["duration"] = 1
    if stored.kind == "video_note":
        said["length"] = 240
    if stored.kind == "sticker":
        said |= {"type": "regular", "is_animated": False, "is_video": False}
    return said


def content_of(stored: StoredFile) -> Wire:
    """The part of a message that holds a file."""
    said = file_wire(stored)
    if stored.kind == "photo":
        return {"photo": [said]}
    if stored.kind == "animation":
        plain = {name: said[name] for name in said if name not in {"width", "height", "duration"}}
        return {"animation": said, "document": plain}
    return {stored.kind: said}
