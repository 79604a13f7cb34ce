"""From a sheet to an action: what the simulator computes with, and the words for a plan."""

from __future__ import annotations

from typing import Literal, get_args

from knowledge.entries import ActionEntry
from knowledge.fields import kinds, one_of
from knowledge.sheets import Sheet
from simulator.actions import Action, Effect
from simulator.vocabulary import FACTS, Kind

How = Literal["to", "by", "times"]
Kernel = Literal["at_once", "ramp", "saturating"]

HOWS: tuple[How, ...] = get_args(How)
KERNELS: tuple[Kernel, ...] = get_args(Kernel)


def read_action(sheet: Sheet) -> ActionEntry:
    """Something to do: the simulator's view and the words."""
    name = sheet.text("id")
    return ActionEntry(
        id=name,
        action=_action(name, kinds(sheet), sheet.sheet("effect")),
        title=sheet.words("title"),
        summary=sheet.words("summary"),
        steps=sheet.words("steps"),
        proof=sheet.words("proof"),
        risks=sheet.words("risks"),
        will_not=sheet.words("will_not"),
        contract=sheet.words("contract"),
        ethics=sheet.text("ethics"),
        facts=sheet.texts("facts"),
    )


def _action(name: str, who: frozenset[Kind], sheet: Sheet) -> Action:
    action = Action(
        id=name,
        kinds=who,
        effects=tuple(_effect(item) for item in sheet.sheets("effects")),
        effort_hours=sheet.number("effort_hours"),
        effort_hours_monthly=sheet.number("effort_hours_monthly", 0.0),
        money=sheet.number("money", 0.0),
        lead_months=sheet.whole("lead_months", 0),
        needs=sheet.texts("needs"),
        conflicts=sheet.texts("conflicts"),
        habit=sheet.flag("habit"),
        reversible=sheet.flag("reversible"),
        asks_review=sheet.flag("asks_review"),
        grade=sheet.text("grade"),
        reduces_debt=sheet.flag("reduces_debt", default=False),
    )
    sheet.close()
    return action


def _effect(sheet: Sheet) -> Effect:
    effect = Effect(
        fact=one_of(sheet, "fact", tuple(FACTS)),
        how=one_of(sheet, "how", HOWS),
        amount=sheet.number("amount"),
        low=sheet.number("low"),
        high=sheet.number("high"),
        kernel=one_of(sheet, "kernel", KERNELS),
        delay_months=sheet.whole("delay_months", 0),
        over_months=sheet.whole("over_months", 1),
    )
    if not effect.low <= effect.amount <= effect.high:
        sheet.wrong("amount", "low <= amount <= high would be right")
    sheet.close()
    return effect
