"""What happens becomes updates: which kind, in which webhook queue, and how long they live."""

from __future__ import annotations

from bot.channels.playground.town.privacy import bot_sees
from bot.channels.playground.town.records import Chat, Member, Message, Poll, Press
from bot.channels.playground.town.showing import chat_wire, member_wire, message_wire, poll_wire, user_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.town.updates import DAY, PRESS_LIFE
from bot.channels.playground.wire import Wire

_PRESS_QUEUE = 3 << 33
_OWN_QUEUE = 5 << 33
_MEMBER_QUEUE = 6 << 33
_REACTION_QUEUE = 8 << 33


def tell_message(town: Town, message: Message, *, edited: bool = False) -> None:
    """A message came or was edited; messages live a day from their own date."""
    chat = town.chats[message.chat]
    if not bot_sees(town, chat, message):
        return
    town.users[message.sender].known = True
    kind = "edited_message" if edited else "message"
    expires = (message.edit_date if edited else message.date) + DAY
    town.updates.push(kind, message_wire(town, message), chat.id, expires, town.now)


def tell_press(town: Town, press: Press) -> None:
    """A button was pressed; presses live 150 seconds and queue by person."""
    chat = town.chats[press.chat]
    message = chat.whispers.get(press.whisper) if press.whisper else chat.messages.get(press.message)
    town.users[press.person].known = True
    body: Wire = {
        "id": press.id,
        "from": user_wire(town.users[press.person]),
        "chat_instance": town.chat_instance(chat),
        "data": press.data,
    }
    if message is None or message.deleted:
        body["message"] = {"chat": chat_wire(town, chat), "message_id": press.message, "date": 0}
    else:
        body["message"] = message_wire(town, message)
    town.updates.push("callback_query", body, press.person + _PRESS_QUEUE, town.now + PRESS_LIFE, town.now)


def tell_member(town: Town, chat: Chat, actor: int, old: Wire, new: Member) -> None:
    """Somebody stands differently in a chat; of others the bot hears only as an administrator."""
    body: Wire = {
        "chat": chat_wire(town, chat),
        "from": user_wire(town.users[actor]),
        "date": town.date,
        "old_chat_member": old,
        "new_chat_member": member_wire(town, chat, new),
    }
    if new.user == town.bot.id:
        town.updates.push("my_chat_member", body, chat.id + _OWN_QUEUE, town.date + DAY, town.now)
    elif town.member(chat, town.bot.id).in_charge:
        town.users[new.user].known = True
        town.updates.push("chat_member", body, new.user + _MEMBER_QUEUE, town.date + DAY, town.now)


def tell_poll(town: Town, poll: Poll) -> None:
    """A poll that the bot sent has changed."""
    town.updates.push("poll", poll_wire(poll), int(poll.id), town.now + DAY, town.now)


def tell_vote(town: Town, poll: Poll, voter: int) -> None:
    """Somebody voted in a poll that shows its voters."""
    chosen = poll.votes.get(voter, [])
    body: Wire = {
        "poll_id": poll.id,
        "user": user_wire(town.users[voter]),
        "option_ids": chosen,
        "option_persistent_ids": [f"{poll.id}-{number}" for number in chosen],
    }
    town.updates.push("poll_answer", body, int(poll.id), town.now + DAY, town.now)


def tell_reaction(town: Town, message: Message, person: int, old: list[Wire], new: list[Wire]) -> None:
    """Somebody reacted to a message; in groups only an administrator hears of it."""
    chat = town.chats[message.chat]
    if chat.kind != "private" and not town.member(chat, town.bot.id).in_charge:
        return
    body: Wire = {
        "chat": chat_wire(town, chat),
        "message_id": message.id,
        "user": user_wire(town.users[person]),
        "date": town.date,
        "old_reaction": old,
        "new_reaction": new,
    }
    town.updates.push("message_reaction", body, chat.id + _REACTION_QUEUE, town.now + DAY, town.now)
