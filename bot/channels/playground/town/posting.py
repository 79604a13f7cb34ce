"""What people do with messages: write, edit, delete, press, vote and react, held to what the platform lets them do."""

from __future__ import annotations

from bot.channels.playground.town.news import tell_message, tell_poll, tell_press, tell_reaction, tell_vote
from bot.channels.playground.town.records import Chat, Letter, Message, Poll, Press, User
from bot.channels.playground.town.showing import user_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire


class ImpossibleError(Exception):
    """Somebody tried what the platform would not let a person do."""


def check_may_write(town: Town, chat: Chat, person: User) -> None:
    """Whether a person can write in a chat at all.

    Raises:
        ImpossibleError: when they cannot, with the reason.
    """
    if person.deactivated:
        raise ImpossibleError(f"{person.first_name} deleted the account")
    if chat.kind == "private":
        if person.blocked or chat.id != person.id:
            raise ImpossibleError(f"{person.first_name} cannot write in this private chat")
        return
    if chat.moved_to:
        raise ImpossibleError(f"{chat.title} has moved to {chat.moved_to}")
    member = town.member(chat, person.id)
    muted = member.status == "restricted" and not member.rights.get("can_send_messages")
    if not member.present or muted or (not member.in_charge and not chat.permissions.get("can_send_messages")):
        raise ImpossibleError(f"{person.first_name} may not write in {chat.title}")


def post(town: Town, chat: Chat, sender: User, content: Wire, letter: Letter) -> Message:
    """A message by a person, or by another bot.

    Raises:
        ImpossibleError: when the person may not write here or the topic is closed.
    """
    check_may_write(town, chat, sender)
    topic = chat.topics.get(letter.thread)
    if topic is not None and topic.closed and not town.member(chat, sender.id).in_charge:
        raise ImpossibleError(f"the topic {topic.name} is closed")
    message = _written(town.next_message_id(chat), town, chat, sender, content, letter)
    if sender.is_bot:
        chat.last_bot = sender.id
    if chat.kind == "private":
        sender.started = sender.known = True
    town.keep(chat, message)
    tell_message(town, message)
    return message


def whisper(town: Town, chat: Chat, sender: User, content: Wire, letter: Letter) -> Message:
    """A message in a group that only our bot can see.

    Raises:
        ImpossibleError: when the person may not write here.
    """
    check_may_write(town, chat, sender)
    chat.last_whisper += 1
    message = _written(0, town, chat, sender, content, letter)
    message.whisper, message.receiver = chat.last_whisper, town.bot.id
    chat.whispers[message.whisper] = message
    tell_message(town, message)
    return message


def _written(number: int, town: Town, chat: Chat, sender: User, content: Wire, letter: Letter) -> Message:
    return Message(
        number,
        chat.id,
        town.date,
        sender.id,
        content,
        sender_chat=letter.sender_chat,
        reply_to=letter.reply_to,
        thread=letter.thread,
        extra=letter.extra,
    )


def edit(town: Town, message: Message, content: Wire) -> None:
    """A person edits an own message."""
    if message.content == content:
        return
    message.content, message.edit_date = content, town.date
    tell_message(town, message, edited=True)


def press(town: Town, person: User, message: Message, data: str) -> Press:
    """A person presses a button; the data are whatever the app says they are."""
    number = str(town.draw("press", town.count("presses")))
    pressed = Press(number, person.id, message.chat, message.id, message.whisper, data, town.now)
    town.presses[number] = pressed
    tell_press(town, pressed)
    return pressed


def vote(town: Town, poll: Poll, person: User, chosen: list[int]) -> None:
    """A person votes, or takes the vote back with an empty list.

    Raises:
        ImpossibleError: when the poll is closed, or a quiz was answered before.
    """
    if poll.closed or (poll.kind == "quiz" and person.id in poll.votes):
        raise ImpossibleError("this poll takes no vote of theirs any more")
    poll.votes[person.id] = chosen
    tell_poll(town, poll)
    if not poll.anonymous:
        tell_vote(town, poll, person.id)


def react(town: Town, message: Message, person: User, emoji: str) -> None:
    """A person reacts to a message, or takes the reaction back with an empty word."""
    old = message.reactions.get(person.id, [])
    new: list[Wire] = [{"type": "emoji", "emoji": emoji}] if emoji else []
    message.reactions[person.id] = new
    tell_reaction(town, message, person.id, old, new)


def forwarded(town: Town, message: Message) -> Wire:
    """The mark of origin that a forwarded message carries."""
    origin = user_wire(town.users[message.sender])
    return {"forward_origin": {"type": "user", "date": message.date, "sender_user": origin}}
