"""What is said and pressed in the group of a large sitting besides taking part, often by those whom it is not for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.playground.town.records import Letter
from tests.consultation.big_stage import Awaited

if TYPE_CHECKING:
    from tests.consultation.big_script import Remark
    from tests.consultation.big_sitting import BigSitting


def remark(evening: BigSitting, one: Remark) -> None:
    """Let somebody say or press what the script has for them."""
    who = evening.guests[one.who].who
    if one.kind in {"lead", "letter"}:
        table = evening.table(one.sitting)
        letters = [label for label in table.labels if len(label) == 1]
        label = "For advisers" if one.kind == "lead" or not letters else letters[one.who % len(letters)]
        evening.pressed(who, table, label)
        return
    letter = Letter(thread=evening.topics[one.sitting])
    if one.kind == "reply":
        letter = Letter(evening.table(one.sitting).id, evening.topics[one.sitting])
    said = who.says(evening.forum, _words(one, evening.street.town.bot.username), letter)
    if one.kind != "talk" and not evening.gone:  # who is not there hears nothing and owes no answer
        evening.awaited.append(Awaited(evening.clock(), said.chat_id, None, said.id, letter.thread))


def _words(one: Remark, name: str) -> str:
    """What is typed."""
    return {
        "case": f"/case@{name} {'ABCDEZ'[one.who % 6]}",
        "ask": f"/ask@{name} {one.words}",
        "mention": f"@{name} {one.words}",
        "close": f"/close@{name}",
    }.get(one.kind, one.words)
