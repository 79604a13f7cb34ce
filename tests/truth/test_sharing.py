"""Sharing: asked once, in private and plainly; kept only as far as it was agreed, and gone when it is taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.estimate_sources import sources_reply
from bot.dialogue.followed import Sharing
from bot.dialogue.following_words import tell_outcome
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.sharing import concerned, done_steps, is_to_be_asked, shared
from bot.service.reception import receive
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import open_store, reading, writing
from bot.store.sharing import all_shared, contacted, judge, offered, verdicts
from bot.store.tables import JOURNAL, SHARED
from bot.store.vault import keep_sealed
from simulator.correcting import Correction
from tests.journeys.walking import scene_now
from tests.truth.followed import BEGAN, MONTH, outcome, person, telling
from tests.truth.worlds import corrected_pack

LATER = BEGAN + 3 * MONTH


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    """A sealed store."""
    engine = open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    keep_sealed(engine, ("a secret of the tests",))
    return engine


def kept(store: Engine) -> list[float]:
    """The lines that may be counted, as they stand in the store."""
    with reading(store) as connection:
        return [one.line for _, one in all_shared(connection)]


def settle(store: Engine, who: Conversation) -> None:
    """Save somebody as they are."""
    with writing(store) as connection:
        assert save_conversation(connection, who, BEGAN)


def does(store: Engine, name: str, key: str, **arrival: str) -> tuple[Reply, ...]:
    """One arrival through the one way in."""
    turn = receive(store, name, Arrival.model_validate({"key": key, "at": LATER, **arrival}), scene_now())
    assert turn is not None
    return turn.replies


def words(replies: tuple[Reply, ...]) -> str:
    """All words of some replies."""
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


def test_an_outcome_keeps_what_was_foretold_of_it() -> None:
    """The range, the line it began from, and how it was corrected are kept with the line that came."""
    one = outcome(telling(person("x"), 23_000, 3))
    assert (one.ends, one.start, one.correction, one.inside) == ((17_300, 20_000, 24_500), 20_000, "", True)


def test_nothing_is_shared_unless_it_was_agreed() -> None:
    """No answer, a no, and consent that lapsed share nothing; a yes shares each outcome with what was done."""
    silent = telling(person("x"), 23_000, 3)
    assert shared(silent) == ()
    assert shared(silent.but(following=silent.following.but(sharing=Sharing(answered_at=BEGAN)))) == ()
    agreed = telling(person("x", counted=True), 23_000, 3)
    assert [(one.what, one.line, one.month, one.done) for one in shared(agreed)] == [
        ("counted", 23_000, 3, ("pay_on_time_autopay",))
    ]
    assert shared(agreed.but(consent_at=None)) == ()
    assert shared(agreed.but(adult=None)) == ()
    assert shared(agreed.but(answers={})) == ()
    old = outcome(agreed).model_copy(update={"ends": None})
    assert shared(agreed.but(following=agreed.following.but(outcomes=(old,)))) == ()
    assert done_steps(agreed.following) == ("pay_on_time_autopay",)


def test_it_is_asked_once_with_the_first_outcome() -> None:
    """The question stands under the first outcome of whoever has not answered, and never again by itself."""
    first = telling(person("x"), 20_500, 3)
    assert is_to_be_asked(first)
    assert not is_to_be_asked(telling(first, 21_000, 4))
    assert not is_to_be_asked(telling(person("x", counted=False), 21_000, 3))
    asked = "One thing for you to decide"
    assert asked in words(tell_outcome(first, scene_now()))
    assert asked not in words(tell_outcome(telling(first, 21_000, 4), scene_now()))
    assert concerned(first)
    assert not concerned(person("x"))


def test_agreeing_and_taking_back_count_at_once(store: Engine) -> None:
    """A yes puts outcomes of before and after into the table, sealed; a no takes all of them out; both are noted."""
    settle(store, telling(person("x"), 23_457, 2))
    assert "eight times out of ten" in words(does(store, "x", "1", action="share:"))
    does(store, "x", "2", action="share:case")
    assert kept(store) == [23_457]
    with reading(store) as connection:
        assert list(offered(connection)) == ["x"]
        assert "23457" not in str(connection.execute(select(SHARED)).all())
    does(store, "x", "3", action="same:")
    assert kept(store) == [23_457, 23_457]
    does(store, "x", "4", action="share:counted")
    with reading(store) as connection:
        assert offered(connection) == {}
        assert contacted(connection)[1:] == (1, 1)
    assert "taken out" in words(does(store, "x", "5", action="share:no"))
    assert kept(store) == []
    with reading(store) as connection:
        noted = connection.scalars(select(JOURNAL.c.detail).where(JOURNAL.c.kind == "sharing")).all()
        assert load_conversation(connection, "x").following.sharing.counted is False
    assert noted == ["case", "counted", "no"]


@pytest.mark.parametrize("way", ["withdrawn:", "erase:"])
def test_whoever_goes_takes_everything_along(store: Engine, way: str) -> None:
    """Taking back all consent, and deleting everything, leave no row of theirs."""
    settle(store, telling(person("x"), 23_457, 2))
    settle(store, person("y"))
    does(store, "x", "1", action="share:case")
    ask = "withdraw:" if way == "withdrawn:" else "forget:"
    does(store, "x", "2", action=ask)
    does(store, "x", "3", action=way)
    with reading(store) as connection:
        assert connection.scalar(select(func.count()).select_from(SHARED)) == 0


def test_an_export_holds_what_is_shared(store: Engine) -> None:
    """The table stands among one's own data by its name, and an odd answer to the question changes nothing."""
    settle(store, telling(person("x"), 23_457, 2))
    does(store, "x", "1", action="share:counted")
    shown = words(does(store, "x", "2", command="data"))
    assert "forecasts and outcomes that you let be counted" in shown
    does(store, "x", "3", action="share:everything")
    assert kept(store) == [23_457]


def test_a_verdict_takes_the_place_of_the_one_before(store: Engine) -> None:
    """An editor may think again."""
    with writing(store) as connection:
        judge(connection, "abc", "refused", "tg:1", 1)
        judge(connection, "abc", "accepted", "tg:2", 2)
        assert verdicts(connection) == {"abc": "accepted"}


def test_a_result_tells_that_outcomes_have_corrected_it() -> None:
    """Under the sources of an estimate stands how far and since when its ranges were moved; otherwise nothing."""
    scene = scene_now()
    pack = corrected_pack(Correction(0.1, 1.2, 0.9))
    who = person("x").but(goal="assess", hurried=True)
    plain = sources_reply(who, base_forecast(who, scene), scene)
    moved = replace(scene, packs={**scene.packs, "jiebei": pack})
    told_of = words((sources_reply(who, base_forecast(who, moved), moved),))
    assert "Corrected by real outcomes" in told_of
    assert "1.2" in told_of
    assert "Corrected by real outcomes" not in words((plain,))
