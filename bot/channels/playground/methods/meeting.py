"""Knowing and keeping members: who is here, who is in charge, throwing out, letting in, restricting, promoting."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach, reach_user
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.moving import ALL_RIGHTS, demote, promote, see_off, stand
from bot.channels.playground.town.records import PERMISSIONS, Chat, Member, User
from bot.channels.playground.town.showing import chat_wire, member_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire


def get_chat(town: Town, call: Call) -> Wire:
    """Tell all about a chat: getChat."""
    chat = reach(town, call, "read")
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    said = chat_wire(town, chat) | {"accent_color_id": 0, "max_reaction_count": 11}
    said["accepted_gift_types"] = dict.fromkeys(gifts, False)
    if chat.kind == "private":
        return said
    return said | {"permissions": {name: chat.permissions.get(name, False) for name in PERMISSIONS}}


def get_member(town: Town, call: Call) -> Wire:
    """Tell how somebody stands in a chat: getChatMember."""
    chat = reach(town, call, "read")
    user = reach_user(town, call)
    return member_wire(town, chat, town.member(chat, user.id))


def get_administrators(town: Town, call: Call) -> list[Wire]:
    """Name the people in charge, no other bots: getChatAdministrators."""
    chat = reach(town, call, "read")
    if chat.kind == "private":
        raise refuse("admins_private")
    in_charge = [member for member in chat.members.values() if member.in_charge]
    for member in in_charge:
        town.users[member.user].known = True
    return [
        member_wire(town, chat, member)
        for member in in_charge
        if member.user == town.bot.id or not town.users[member.user].is_bot
    ]


def count_members(town: Town, call: Call) -> int:
    """Count who is in a chat: getChatMemberCount."""
    return sum(member.present for member in reach(town, call, "read").members.values())


def leave(town: Town, call: Call) -> bool:
    """Leave a group: leaveChat."""
    chat = reach(town, call, "write")
    if chat.kind == "private":
        raise refuse("leave_private")
    see_off(town, chat, town.bot.id, town.bot)
    return True


def _subject(town: Town, call: Call, *, supergroup: bool = False) -> tuple[Chat, User]:
    """The chat and the member to restrict, if the bot may do that to them."""
    chat = reach(town, call, "write")
    user = reach_user(town, call)
    if supergroup and chat.kind != "supergroup":
        raise refuse("restrict_not_supergroup")
    status = town.member(chat, user.id).status
    if status == "creator":
        raise refuse("remove_owner")
    if not town.member(chat, town.bot.id).may("can_restrict_members"):
        raise refuse("restrict_no_right")
    if status == "administrator":
        raise refuse("restrict_admin")
    return chat, user


def ban(town: Town, call: Call) -> bool:
    """Throw somebody out for good: banChatMember."""
    chat, user = _subject(town, call)
    see_off(town, chat, town.bot.id, user, for_good=True)
    return True


def unban(town: Town, call: Call) -> bool:
    """Let somebody in again; who is inside is put out unless only_if_banned says so: unbanChatMember."""
    chat, user = _subject(town, call)
    if town.member(chat, user.id).status == "kicked" or not call.flag("only_if_banned"):
        stand(town, chat, town.bot.id, Member(user.id, "left", inside=False))
    return True


def restrict(town: Town, call: Call) -> bool:
    """Forbid somebody a few things, or nothing any more: restrictChatMember."""
    chat, user = _subject(town, call, supergroup=True)
    told = call.record("permissions")
    rights = {name: bool(told.get(name)) for name in PERMISSIONS}
    inside = town.member(chat, user.id).present
    free = inside and all(rights[name] for name in PERMISSIONS[:9])
    until = call.integer("until_date")
    new = Member(user.id, "member") if free else Member(user.id, "restricted", rights, until=until, inside=inside)
    stand(town, chat, town.bot.id, new)
    return True


def promote_member(town: Town, call: Call) -> bool:
    """Give somebody rights, or take them all away: promoteChatMember."""
    chat = reach(town, call, "write")
    user = reach_user(town, call)
    own = town.member(chat, town.bot.id)
    rights = {right: call.flag(right) for right in (*ALL_RIGHTS, "is_anonymous")}
    beyond = any(wanted and not own.may(right) for right, wanted in rights.items() if right != "is_anonymous")
    if not own.may("can_promote_members") or town.member(chat, user.id).status == "creator" or beyond:
        raise refuse("promote_no_right")
    if any(rights.values()):
        promote(town, chat, town.bot.id, user, rights)
    else:
        demote(town, chat, town.bot.id, user)
    return True


METHODS: Final[dict[str, Method]] = {
    "getchat": get_chat,
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "getchatmembercount": count_members,
    "leavechat": leave,
    "banchatmember": ban,
    "unbanchatmember": unban,
    "restrictchatmember": restrict,
    "promotechatmember": promote_member,
}
