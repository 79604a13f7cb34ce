"""Ending: what a group is told when a sitting is closed, and what is left of it for others, with consent."""

from __future__ import annotations

from bot.consultation.group_view import VOTED_ON, Tally, summary
from bot.consultation.hosting import Done, Host
from bot.consultation.sitting import Sitting
from bot.dialogue.messages import Reply
from bot.store.engine import reading
from bot.store.polls import Kept, poll_named


def ended(host: Host, sitting: Sitting) -> Done:
    """The summary of a sitting for its group; a vote that is still open is closed first, and counted as it stands."""
    with reading(host.store) as connection:
        poll = poll_named(connection, sitting.group, f"vote:{sitting.id}") if sitting.voted else None
    group = host.who if host.who.id == sitting.group else host.conversation(sitting.group)
    told = [summary(group, sitting, _tally(sitting, poll), host.scene)]
    if poll is not None and not poll.votes.closed:
        told.insert(0, Reply(blocks=(), closes=poll.message, topic=sitting.topic))
    if host.who.id == sitting.group:
        return Done(replies=tuple(told))
    return Done(elsewhere=tuple((sitting.group, reply) for reply in told))


def _tally(sitting: Sitting, poll: Kept | None) -> Tally:
    """How many chose each step, most first, and how many none of them; nothing where nobody voted."""
    counts = () if poll is None else poll.votes.counts
    steps = sitting.voted[:VOTED_ON]
    if not any(counts):
        return Tally()
    chosen = sorted(zip(steps, counts, strict=False), key=lambda one: (-one[1], one[0]))
    return Tally(tuple(chosen), counts[len(steps)] if len(counts) > len(steps) else 0)
