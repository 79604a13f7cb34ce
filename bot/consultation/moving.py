"""Moving: a sitting whose topic is closed or gone goes on in the general topic of its forum."""

from __future__ import annotations

from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.posting import together
from bot.consultation.sitting import Sitting
from bot.consultation.tidying import removed_board, supposition


def moved_to_general(host: Host, kept: Kept) -> Done:
    """The sitting in the general topic: its table is drawn anew there, and what stood in the old one goes."""
    sitting = kept.sitting.model_copy(update={"topic": None, "shut": False})
    return together(Done(changes=((kept, sitting),)), _taken_down(host, kept.sitting))


def _taken_down(host: Host, sitting: Sitting) -> Done:
    table = removed_board(host, sitting, f"sitting:{sitting.id}")
    return together(table, removed_board(host, sitting, supposition(sitting)))
