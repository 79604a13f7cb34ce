"""Compare: a second offer beside the first at the same cash in hand, and which is cheaper in all and per year."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogue.abilities.cost import paper_row, unreadable
from bot.dialogue.cards import CARD
from bot.dialogue.comparing import TwoOffers, two_offers
from bot.dialogue.conversation import Conversation
from bot.dialogue.cost_words import ceiling, method_words
from bot.dialogue.messages import Reply, Table
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from knowledge.figures import percent
from simulator.results import Cost

_YUAN = ("received", "heaviest", "interest", "fees", "total")
_RATES = ("effective", "simple")


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """Both offers in one table with the difference, and in words which is cheaper and why that may differ."""
    found = two_offers(who, scene)
    if isinstance(found, tuple):
        return (unreadable(who, found[1], found[0], scene),)
    block = scene.text(
        who,
        "compare.result",
        fewer=found.fewer_yuan,
        difference=found.difference,
        lower=found.lower_rate,
        longer=found.longer,
        scaled=found.scaled,
        cash=found.first_cost.received,
        amount=found.second.amount,
        months=[offer.months or len(offer.payments) for offer in (found.first, found.second)],
        methods=[method_words(who, offer, scene) for offer in (found.first, found.second)],
        ceilings=[ceiling(who, each, scene) for each in (found.first_cost, found.second_cost)],
    )
    papers = paper_row(who, scene, found.first, found.second)
    rows = (
        *((papers,) if papers else ()),
        (scene.button(who, "compare.again", "afresh:second"), scene.button(who, "cost.edit", "review:")),
        (scene.button(who, "compare.first", "goal:cost"), scene.button(who, "menu.back", "menu:")),
    )
    return (Reply(blocks=(block, _table(who, found, scene)), buttons=rows, slot=CARD),)


def _table(who: Conversation, found: TwoOffers, scene: Scene) -> Table:
    one, other = _yuan(found.first_cost), _yuan(found.second_cost)
    money = (
        (scene.say(who, f"compare.{name}"), f"{a:,.2f}", f"{b:,.2f}", f"{b - a:+,.2f}")
        for name, a, b in zip(_YUAN, one, other, strict=True)
        if a or b
    )
    rates = (
        (scene.say(who, f"compare.{name}"), *_shares(getattr(found.first_cost, kept), getattr(found.second_cost, kept)))
        for name, kept in zip(_RATES, ("irr_effective", "simple_rate"), strict=True)
    )
    header = ("", *(scene.say(who, f"compare.{name}") for name in ("one", "other", "gap")))
    return Table(title=scene.say(who, "compare.table"), header=header, rows=(*money, *rates), right=(1, 2, 3))


def _yuan(each: Cost) -> tuple[Decimal, ...]:
    heaviest = max(row.payment for row in each.schedule)
    return (each.received, heaviest, each.total_interest, each.total_fees, each.total_cost)


def _shares(one: float | None, other: float | None) -> tuple[str, str, str]:
    told = tuple("-" if share is None else percent(share, 2) for share in (one, other))
    gap = "-" if one is None or other is None else f"{(other - one) * 100:+.2f}%"
    return (told[0], told[1], gap)


def _compare(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "compare")


ABILITY = Ability(name="compare", commands={"compare": _compare}, tell=tell)
