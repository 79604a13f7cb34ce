"""Coming, going and standing: members join, leave, are promoted, demoted, restricted and thrown out; groups move."""

from __future__ import annotations

from bot.channels.playground.town.news import tell_member, tell_message
from bot.channels.playground.town.records import ADMIN_RIGHTS, SUPERGROUP_RIGHTS, Chat, Member, Message, User
from bot.channels.playground.town.showing import member_wire, user_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire

ALL_RIGHTS = (*ADMIN_RIGHTS, *SUPERGROUP_RIGHTS)


def announce(town: Town, chat: Chat, actor: int, content: Wire, *, thread: int = 0) -> Message:
    """A service message: it says what somebody did."""
    number = town.next_message_id(chat)
    message = Message(number, chat.id, town.date, actor, content, thread=thread, service=True)
    town.keep(chat, message)
    tell_message(town, message)
    return message


def stand(town: Town, chat: Chat, actor: int, new: Member) -> None:
    """Let somebody stand differently in a chat, and tell the bot if it may know."""
    old = member_wire(town, chat, town.member(chat, new.user))
    chat.members[new.user] = new
    if old != member_wire(town, chat, new):
        tell_member(town, chat, actor, old, new)


def bring_in(town: Town, chat: Chat, actor: int, user: User) -> None:
    """Somebody joins, or is brought in by another."""
    stand(town, chat, actor, Member(user.id, "member"))
    announce(town, chat, actor, {"new_chat_members": [user_wire(user)]})


def see_off(town: Town, chat: Chat, actor: int, user: User, *, for_good: bool = False) -> None:
    """Somebody leaves, or is thrown out by another; ``for_good`` bans them."""
    stand(town, chat, actor, Member(user.id, "kicked" if for_good else "left", inside=False))
    announce(town, chat, actor, {"left_chat_member": user_wire(user)})


def promote(town: Town, chat: Chat, actor: int, user: User, rights: dict[str, bool], title: str = "") -> None:
    """Somebody becomes an administrator with some rights."""
    anonymous = rights.get("is_anonymous", False)
    kept = {right: rights.get(right, False) for right in ALL_RIGHTS} | {"can_manage_chat": True}
    stand(town, chat, actor, Member(user.id, "administrator", kept, anonymous, title))


def demote(town: Town, chat: Chat, actor: int, user: User) -> None:
    """An administrator becomes an ordinary member again."""
    stand(town, chat, actor, Member(user.id, "member"))


def move_group(town: Town, chat: Chat, actor: int) -> Chat:
    """A group becomes a supergroup with a new id; the old one only says where it went."""
    new = town.found("supergroup", chat.title)
    new.permissions, new.last_bot = dict(chat.permissions), chat.last_bot
    new.members = dict(chat.members)
    announce(town, chat, actor, {"migrate_to_chat_id": new.id})
    chat.moved_to = new.id
    announce(town, new, actor, {"migrate_from_chat_id": chat.id})
    return new
