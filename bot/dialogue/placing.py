"""Placing: a card is changed where it stands, unless something has come below it since; then it comes below that."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Reply


def placed(who: Conversation, arrival: Arrival, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies of a turn; what was pressed above a picture, a file or an answer is shown again below it.

    Otherwise it would change where nobody looks. A press without a revision knows of no place.
    """
    if not replies or arrival.action is None or arrival.revision is None or arrival.revision >= who.below:
        return replies
    first, *rest = replies
    return (first.model_copy(update={"anew": True}), *rest) if first.in_place else replies


def lowest(who: Conversation, arrival: Arrival, replies: tuple[Reply, ...], revision: int) -> int:
    """The revision of the newest message that did not take the place of another; in public nothing is below a card."""
    if arrival.public or not replies:
        return who.below
    changed = arrival.action is not None and replies[0].in_place
    fresh = replies[1:] if changed else replies
    return revision if fresh else who.below
