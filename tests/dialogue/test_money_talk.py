"""What borrowing costs, on one screen and in its layers; two offers at equal cash; and figures that do not fit."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.abilities.cost import PAGE
from bot.dialogue.cards import CARD
from bot.dialogue.comparing import TwoOffers, two_offers
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.cost_words import LARGEST_SAID
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Arrival, Reply, Table
from bot.dialogue.offering import asked_offer
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.vocabulary import Kind
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SECOND, Person, Told
from tests.dialogue.interviewing import NARROW, interviewed, profiles
from tests.dialogue.judging import DOUBLED, UNFILLED, hits
from tests.dialogue.ledger import allowed, tokens, without_sources
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

CLERK = CAST[0]
METHODS = ("equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6")
LENDERS = ("bank", "platform_bank", "consumer_finance", "micro_loan", "private", "unknown")
LAYERS = {"cost": ("rows:0", "early:"), "compare": ()}


def _offer(language: Language = "zh", told: Mapping[str, Told] = MappingProxyType({})) -> Conversation:
    """The clerk at the result of an offer, or of two where the second is told too."""
    first = {name: value for name, value in OFFER.items() if name.startswith("cost_")}
    goal = "compare" if any(name.startswith("second_") for name in told) else "cost"
    return CLERK.asking(goal, language, **{**first, **told})


def _skipping(who: Conversation, *names: str) -> Conversation:
    skipped = {name: Answer(value=None, at=NOW, source="skipped") for name in names}
    return who.but(answers={**who.answers, **skipped})


def _press(who: Conversation, action: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(piece for reply in replies for piece in words_of(reply))


def _costed(who: Conversation) -> CostQuestion:
    offer = asked_offer(who, scene_now())
    assert isinstance(offer, CostQuestion)
    return offer


@pytest.mark.parametrize(("method", "lender"), list(product(METHODS, LENDERS)))
def test_every_offer_is_told_as_the_simulator_has_it(method: str, lender: str) -> None:
    """Total, yearly rates and the first rows of the schedule are the simulator's, for each method and lender."""
    who = _offer("en", {"cost_method": method, "cost_lender": lender})
    found, words = cost(_costed(who)), _words(screen(who, scene_now()))
    say = scene_now().library.phrases.say
    assert say("en", "value.number", value=float(found.total_cost), low=None, high=None, unit="yuan", hear="") in words
    assert found.irr_effective is not None
    assert f"{found.irr_effective * 100:.2f}".rstrip("0") in words
    assert f"{found.schedule[0].payment:,.2f}" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_schedule_is_turned_page_by_page(language: Language) -> None:
    """Each row stands on exactly one page, in order, and every page leads back to the result in place."""
    who = _offer(language, {"cost_months": 29.0})
    seen: list[str] = []
    for page in range(3):
        turn = _press(who, f"rows:{page}")
        (reply,) = turn.replies
        assert reply.slot == CARD
        table = next(block for block in reply.blocks if isinstance(block, Table))
        assert len(table.rows) <= PAGE
        seen += [row[0] for row in table.rows]
        assert _press(turn.conversation, "result:").replies == screen(who, scene_now())
    assert seen == [str(n) for n in range(1, 30)]


def test_paying_early_saves_what_the_simulator_says() -> None:
    """Later payoffs save less, and each row pays off what was still owed then."""
    (reply,) = _press(_offer("en"), "early:").replies
    table = next(block for block in reply.blocks if isinstance(block, Table))
    saved = [float(row[3].replace(",", "")) for row in table.rows]
    assert saved == sorted(saved, reverse=True)
    balances = {str(row.n): f"{row.balance:,.2f}" for row in cost(_costed(_offer("en"))).schedule}
    assert [row[2] for row in table.rows] == [balances[row[0]] for row in table.rows]


@pytest.mark.parametrize(
    ("told", "change"),
    [
        ({"cost_amount": 0.0}, "edit:cost_amount"),
        ({"cost_amount": 1e12}, "edit:cost_amount"),
        ({"cost_months": 0.0}, "edit:cost_months"),
        ({"cost_months": 1200.0}, "edit:cost_months"),
        ({"cost_months": 6.0, "cost_method": "interest_first_6"}, "edit:cost_method"),
        ({"cost_rate": "0.5/day"}, "edit:cost_rate"),
        ({"cost_rate": "9/year"}, "edit:cost_rate"),
        ({"cost_fee_share": 1.5}, "edit:cost_fee_share"),
        ({"cost_fee_share": 1.0}, "edit:cost_fee_share"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_that_do_not_fit_get_kind_precise_words(told: dict[str, Told], change: str, language: Language) -> None:
    """What cannot be worked out is said in words, with a button to the very answer and no name of a field."""
    who = _offer(language, told)
    replies = screen(who, scene_now())
    actions = {button.action for reply in replies for row in reply.buttons for button in row}
    assert change in actions
    assert "cost_" not in _words(replies)
    question = next_question(_press(who, change).conversation, scene_now().library)
    assert question is not None
    assert f"edit:{question.id}" == change


def test_without_a_rate_the_instalment_tells_it() -> None:
    """Who skips the rate is asked for the instalment, and the yearly rate is worked out from the payments."""
    who = _skipping(_offer("en", {"cost_amount": 10_000.0, "cost_months": 12.0, "cost_payment": 950.0}), "cost_rate")
    asked = {question.id for question in scene_now().library.questions.values() if question.id in who.answers}
    assert "cost_payment" in asked
    offer = _costed(who)
    assert offer.method == "custom"
    assert "¥1,400" in _words(screen(who, scene_now()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_rate_nor_instalment_and_too_small_instalments_are_told(language: Language) -> None:
    """Without both nothing is invented; instalments that never repay the loan are asked about."""
    neither = _skipping(_offer(language), "cost_rate", "cost_payment")
    little = _skipping(_offer(language, {"cost_payment": 3.0}), "cost_rate")
    assert asked_offer(neither, scene_now()) == "no_rate"
    assert asked_offer(little, scene_now()) == "payments"
    for who in (neither, little):
        actions = {button.action for reply in screen(who, scene_now()) for row in reply.buttons for button in row}
        assert "edit:cost_payment" in actions


def test_absurd_rates_are_called_absurd() -> None:
    """A rate that no regular lender charges gets a warning with the police's number instead of a huge percentage."""
    words = _words(screen(_offer("en", {"cost_rate": "0.05/day"}), scene_now()))
    assert "96110" in words
    shares = [float(token[:-1].replace(",", "")) for token in tokens(words) if token.endswith("%")]
    assert max(shares) <= LARGEST_SAID * 100


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("goal", LAYERS)
def test_every_number_in_every_layer_has_an_origin(person: Person, language: Language, goal: str) -> None:
    """No layer says a number but those that the ledger of its result lists."""
    who, scene = person.asking(goal, language, **{**OFFER, **SECOND}), scene_now()
    replies = [*screen(who, scene), *(reply for action in LAYERS[goal] for reply in _press(who, action).replies)]
    met = tokens(without_sources(_words(tuple(replies)), who, scene))
    assert met - allowed(who, scene) == set()


@settings(max_examples=40, deadline=None)
@given(
    amounts=st.tuples(st.integers(1_000, 300_000), st.integers(1_000, 300_000)),
    months=st.tuples(st.integers(1, 60), st.integers(1, 60)),
    rates=st.tuples(st.floats(0.0, 0.6), st.floats(0.0, 0.6)),
    fees=st.tuples(st.floats(0.0, 0.3), st.floats(0.0, 0.3)),
)
def test_two_offers_are_compared_at_equal_cash(
    amounts: tuple[int, int], months: tuple[int, int], rates: tuple[float, float], fees: tuple[float, float]
) -> None:
    """Both put the same cash into the hand, and which is cheaper follows from yuan and rate as they then are."""
    names = ("amount", "months", "rate", "fee_share")
    first, second = (
        {f"{about}_{name}": float(value) for name, value in zip(names, told, strict=True)}
        for about, told in zip(("cost", "second"), zip(amounts, months, rates, fees, strict=True), strict=True)
    )
    found = two_offers(_offer(told={"cost_fee_each": 0.0, **first, **second}), scene_now())
    assert isinstance(found, TwoOffers)
    one, other = found.first_cost, found.second_cost
    assert abs(one.received - other.received) <= 1
    assert found.difference == abs(one.total_cost - other.total_cost)
    cheaper = one.total_cost < other.total_cost
    assert found.fewer_yuan == ("same" if one.total_cost == other.total_cost else "first" if cheaper else "second")


def test_the_same_offer_twice_is_the_same() -> None:
    """An offer beside itself costs the same in all and per year, and is not rescaled."""
    twin = {name.replace("cost_", "second_"): value for name, value in OFFER.items() if name.startswith("cost_")}
    found = two_offers(_offer(told=twin), scene_now())
    assert isinstance(found, TwoOffers)
    assert (found.fewer_yuan, found.lower_rate, found.scaled, found.longer) == ("same", "same", False, "same")


def test_a_skipped_second_amount_is_the_first_one() -> None:
    """Who skips the second amount compares the same amount."""
    told = {name: value for name, value in SECOND.items() if name != "second_amount"}
    who = _skipping(_offer(told=told), "second_amount")
    second = asked_offer(who, scene_now(), "second")
    assert isinstance(second, CostQuestion)
    assert second.amount == _costed(who).amount


def test_a_second_offer_that_does_not_fit_says_which() -> None:
    """The button leads to the answer of that offer which is at fault."""
    who = _offer(told={**SECOND, "second_months": 0.0})
    actions = {button.action for reply in screen(who, scene_now()) for row in reply.buttons for button in row}
    assert "edit:second_months" in actions


def test_starting_over_clears_one_offer_only() -> None:
    """Another second offer keeps the first; a new first one keeps the second."""
    who = _offer(told=SECOND)
    afresh = _press(who, "afresh:second").conversation
    assert not [name for name in afresh.answers if name.startswith("second_")]
    assert [name for name in afresh.answers if name.startswith("cost_")]
    anew = _press(who, "afresh:cost").conversation
    assert not [name for name in anew.answers if name.startswith("cost_")]


@pytest.mark.parametrize("action", ["rows:0", "rows:x", "rows:99", "early:", "footing:", "causes:", "cause:anomaly"])
@pytest.mark.parametrize("goal", ["assess", "afford", "diagnose", "cost"])
def test_layers_of_another_result_show_what_stands_now(action: str, goal: str) -> None:
    """A layer pressed where another result or card stands never fails and never changes an answer."""
    who = CLERK.asking(goal, "zh", **OFFER)
    for now in (who, who.but(hurried=False, accepted=False)):
        turn = _press(now, action)
        assert turn.replies
        assert turn.conversation.answers == now.answers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("method", "lender"), [*zip(METHODS, LENDERS, strict=False), ("bullet", "unknown")])
def test_words_of_offers_are_whole(language: Language, method: str, lender: str) -> None:
    """Nothing is unfilled and no mark doubled, whatever the method, the lender, the term or the rate."""
    others: tuple[dict[str, Told], ...] = (
        {},
        {"cost_months": 1.0},
        {"cost_months": 7.5},
        {"cost_rate": "0/year"},
        {"cost_rate": "0.9/month"},
    )
    for told in others:
        who = _offer(language, {"cost_method": method, "cost_lender": lender, **told})
        words = list(words_of(screen(who, scene_now())[0]))
        assert hits(UNFILLED, words) + hits(DOUBLED, words) == []


@pytest.mark.parametrize("command", ["cost", "compare", "afford", "diagnose"])
def test_commands_open_the_interviews(command: str) -> None:
    """Each command opens the first card of its interview for whoever has told nothing yet."""
    who = Conversation(id="x", consent_at=NOW, adult=True)
    turn = take_turn(who, Arrival(key="k", at=NOW, command=command), scene_now())
    assert turn.conversation.goal == command
    assert next_question(turn.conversation, scene_now().library) is not None


def test_a_single_payment_has_nothing_to_repay_early() -> None:
    """A loan of one month offers no early repayment, and an old button for it shows the result."""
    who = _offer("en", {"cost_months": 1.0})
    shown = screen(who, scene_now())
    assert "early:" not in {button.action for reply in shown for row in reply.buttons for button in row}
    assert _press(who, "early:").replies[-1].buttons == shown[-1].buttons


def test_a_rate_that_was_pressed_is_a_yearly_one() -> None:
    """The bands of a rate are fractions a year, whatever their label says."""
    rate = _costed(_offer(told={"cost_rate": 0.24})).rate
    assert rate is not None
    assert (float(rate.value), rate.per) == (0.24, "year")


def test_instalments_without_a_term_ask_for_the_term() -> None:
    """Where only the number of months is wrong, that is what is asked about."""
    who = _skipping(_offer(told={"cost_payment": 900.0, "cost_months": 0.0}), "cost_rate")
    assert asked_offer(who, scene_now()) == "months"
    beyond = _skipping(_offer(told={"cost_payment": 900.0, "cost_months": 5_000.0}), "cost_rate")
    assert asked_offer(beyond, scene_now()) == "months"


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_hurries_is_led_to_what_is_missing(language: Language) -> None:
    """Seeing the result before rate or term were told gives words and a button to the missing card."""
    who = _offer(language)
    for left, change in ((("cost_rate",), "edit:cost_rate"), (("cost_months",), "edit:cost_months")):
        early = who.but(answers={name: answer for name, answer in who.answers.items() if name not in left})
        shown = screen(early, scene_now())
        assert change in {button.action for reply in shown for row in reply.buttons for button in row}
        question = next_question(_press(early, change).conversation, scene_now().library)
        assert question is not None
        assert f"edit:{question.id}" == change


@pytest.mark.parametrize("goal", ["cost", "compare", "afford"])
def test_stated_progress_is_true_for_offers(goal: str) -> None:
    """Whatever is skipped, the number of questions left lies within what is said, and soon within three."""
    luck = random.Random(5)
    for kind in Kind:
        for told in profiles(kind, 5, 8):
            walk = interviewed(goal, kind, told, luck, skips=luck.choice((0.0, 0.5)))
            assert walk.lies == []
            assert max(walk.late) <= NARROW
