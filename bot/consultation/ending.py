"""Ending: what a group is told when a sitting is closed, and what is left of it for others, with consent."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.consultation.anonymising import Card
from bot.consultation.group_view import VOTED_ON, Tally, summary
from bot.consultation.hosting import Done, Host
from bot.consultation.sitting import Sitting
from bot.dialogue.messages import Reply
from bot.dialogue.sharing import Banded
from bot.store.engine import reading
from bot.store.polls import Kept, poll_named
from bot.store.sharing import offer_card


def ended(host: Host, sitting: Sitting, *, itself: bool = False) -> Done:
    """What the end of a sitting brings its group: a summary; a vote that is still open is closed, counted as it stands.

    Cases whose owners let them become examples go to the editors, with the steps that the group voted for.

    Args:
        host: where it is ended.
        sitting: as it stood just before, with the cards on its table.
        itself: whether its time was over, and nobody ended it.
    """
    poll = _poll(host, sitting)
    group = host.who if host.who.id == sitting.group else host.conversation(sitting.group)
    board = summary(group, sitting, _tally(sitting, poll), host.scene, itself=itself)
    told = (*vote_closed(host, sitting), board)
    steps = tuple(sorted(name for name, many in _tally(sitting, poll).steps if many))
    examples = tuple((seat.member, banded(seat.card, steps)) for seat in sitting.cases if seat.example and seat.card)

    def act(connection: Connection) -> bool:
        for member, card in examples if steps else ():
            offer_card(connection, member, card)
        return True

    if host.who.id == sitting.group:
        return Done(replies=told, act=act)
    return Done(elsewhere=tuple((sitting.group, reply) for reply in told), act=act)


def vote_closed(host: Host, sitting: Sitting) -> tuple[Reply, ...]:
    """What closes the vote of a sitting that is still open, for its group; nothing where none is."""
    poll = _poll(host, sitting)
    if poll is None or poll.votes.closed:
        return ()
    return (Reply(blocks=(), closes=poll.message, topic=sitting.topic),)


def _poll(host: Host, sitting: Sitting) -> Kept | None:
    with reading(host.store) as connection:
        return poll_named(connection, sitting.group, f"vote:{sitting.id}") if sitting.brought.voted else None


def banded(card: Card, steps: tuple[str, ...]) -> Banded:
    """A case as a candidate for the editors: its card as the group saw it, and the steps (ids) that were advised."""
    bands = tuple((band.name, band.low, band.high) for band in card.bands)
    return Banded(kind=str(card.kind), width=card.width, bands=bands, steps=steps)


def _tally(sitting: Sitting, poll: Kept | None) -> Tally:
    """How many chose each step, most first, and how many none of them; nothing where nobody voted."""
    counts = () if poll is None else poll.votes.counts
    steps = sitting.brought.voted[:VOTED_ON]
    if not any(counts):
        return Tally()
    chosen = sorted(zip(steps, counts, strict=False), key=lambda one: (-one[1], one[0]))
    return Tally(tuple(chosen), counts[len(steps)] if len(counts) > len(steps) else 0)
