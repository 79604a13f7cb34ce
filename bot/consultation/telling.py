"""Telling: a word to the advisers of a group's sittings, each in private and in their language, and to nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from bot.consultation.desks import desks_leading
from bot.consultation.hosting import Done, Host
from bot.consultation.sitting import Sitting
from bot.consultation.wording import shielded
from bot.dialogue.messages import Reply
from bot.store.engine import reading


def advisers_told(host: Host, sittings: Sequence[Sitting], key: str, **data: object) -> Done:
    """Say something to everybody who leads one of these sittings, with a way to the first of theirs.

    Whoever has no private chat with the bot is not written to.
    """
    numbers = {sitting.id: sitting for sitting in sittings}
    with reading(host.store) as connection:
        desks = desks_leading(connection, numbers) if numbers else ()
    told = []
    for name, desk in desks:
        other = host.conversation(name)
        if not other.revision:
            continue
        sitting = next(numbers[number] for number in reversed(desk.led) if number in numbers)
        about = shielded(sitting.about)
        way = host.scene.button(other, "desk.to_sitting", f"lead:{sitting.id}:look", about=about)
        words = host.scene.text(other, key, about=about, **data)
        told.append((name, Reply(blocks=(words,), buttons=((way,),), hint="none")))
    return Done(elsewhere=tuple(told))
