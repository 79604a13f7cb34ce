"""case: what lies on the table as one letter: shown to whoever pressed it, and to all on a command."""

from __future__ import annotations

from dataclasses import replace

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.posting import together
from bot.consultation.sitting import Deed, Sitting
from bot.consultation.tidying import case_by_itself, removed_board


def _case(host: Host, argument: str) -> Done:
    if host.arrival.action is not None:
        number, _, letter = argument.partition(":")
        kept = host.sitting(number)
        if kept is None or kept.sitting.group != host.who.id:
            return Done(toast=host.say("consultation.group.gone"))
        return done(host, kept, Deed(way="case", letter=letter))
    letter, here = argument.strip().upper().partition(" ")[0], host.here()
    kept = next((kept for kept in here if kept.sitting.case(letter)), here[0] if here else None)
    if kept is None:
        return Done((said(host, host.say("consultation.group.none_here")),))
    if not letter:
        return Done((said(host, host.say("consultation.group.which_case")),))
    return _on_a_board(host, kept.sitting, letter, done(host, kept, Deed(way="case", letter=letter)))


def _on_a_board(host: Host, sitting: Sitting, letter: str, shown: Done) -> Done:
    """A card that all can see stands once, so that it can go with its case."""
    if sitting.case(letter) is None:
        return shown
    board = case_by_itself(sitting, letter)
    before = removed_board(host, sitting, board)
    replies = tuple(reply.model_copy(update={"board": board}) for reply in shown.replies)
    return together(before, replace(shown, replies=replies))


ACT = Act(_case, frozenset({"group"}), commands=frozenset({"case"}), verbs=frozenset({"letter"}))
