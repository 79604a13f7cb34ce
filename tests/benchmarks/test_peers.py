"""Every bot that the benchmark measures holds the interview to its end, and the figures of a tiny round are figures."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store.engine import open_store
from tests.benchmarks.telegram import measure
from tests.benchmarks.telegram_bots import PEERS, ROOT, Maker
from tests.benchmarks.telegram_goals import Found, Goal, goals
from tests.benchmarks.telegram_ours import review_label
from tests.benchmarks.telegram_people import Crowd
from tests.benchmarks.telegram_phases import Load, Price, Round, Wait, waits
from tests.benchmarks.telegram_serving import opened
from tests.benchmarks.telegram_table import STOCK, cost_table, ratios, summary
from tests.benchmarks.telegram_town import TOKEN, Town
from tests.journeys.walking import Walker

TINY = Load(people=2, rate=20, seconds=0.5)


AIOGRAM = [maker for maker in PEERS if "aiogram" in maker.needs]
OTHERS = [maker for maker in PEERS if maker not in AIOGRAM]


def _need(maker: Maker) -> None:
    if maker.missing:
        pytest.skip(f"{', '.join(maker.missing)} is not installed: the extra bench-telegram brings it")


def _tiny_round(maker: Maker, *, webhook: bool) -> None:
    _need(maker)
    found = asyncio.run(measure([maker], 1, TINY, webhook=webhook))[maker.name][0]
    assert found.price.refused == 0
    assert 1.0 < found.price.calls < 3.0
    assert 0 < found.price.cpu < 200
    assert 0 < found.wait.p50 <= found.wait.p99
    assert found.wait.memory > 5


@pytest.mark.parametrize("maker", OTHERS, ids=lambda maker: maker.name)
def test_a_peer_holds_the_interview_by_webhook(maker: Maker) -> None:
    """Two people come to the check of their answers, no call is refused, and each turn costs something."""
    _tiny_round(maker, webhook=True)


def test_a_peer_holds_the_interview_by_polling() -> None:
    """The same by fetching updates, with the peer that starts fastest."""
    _tiny_round(PEERS[-1], webhook=False)


@pytest.mark.soak
@pytest.mark.parametrize("maker", AIOGRAM, ids=lambda maker: maker.name)
def test_an_aiogram_peer_holds_the_interview_by_webhook(maker: Maker) -> None:
    """The same in a process of its own, which needs seconds to import its library."""
    _tiny_round(maker, webhook=True)


@pytest.mark.parametrize("maker", AIOGRAM, ids=lambda maker: maker.name)
def test_an_aiogram_peer_holds_the_interview_inside(maker: Maker) -> None:
    """The same in this process, which has its library already; two people change two answers each besides."""
    _need(maker)
    town = asyncio.run(_inside(maker))
    assert town.complaints == []
    assert town.methods["editmessagetext"] > town.methods["sendmessage"] > 10


async def _inside(maker: Maker) -> Town:
    town = Town()
    running = importlib.import_module("tests.benchmarks.peers.aiogram_running")
    dispatcher = importlib.import_module(f"tests.benchmarks.peers.{maker.name}").build()
    async with opened(town) as (root, post), running.bot_at(root, TOKEN) as bot:
        polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, polling_timeout=1))
        await post.polled.wait()
        crowd = Crowd(post, maker.done())
        for person in (crowd.newcomer(), crowd.newcomer()):
            await person.holds_the_interview()
            for _ in range(4):
                await person.answers()
        await dispatcher.stop_polling()
        await polling
    return town


def test_the_product_s_interview_ends_at_the_card_that_people_wait_for() -> None:
    """Whoever always takes the first choice comes to the check of the answers, by whose first button it is known."""
    walker, last = Walker(open_store("sqlite://")), review_label()
    walker.begin("zh-hans")
    for _ in range(40):
        assert walker.last is not None
        first = walker.last.buttons[0][0].label
        if first == last:
            break
        walker.say(first)
    assert walker.conversation().goal == "assess"
    assert len(walker.conversation().answers) >= 10
    assert first == last


ALTERED = """
import bot.service.reception
from bot.service.pacing import Pace
from bot.store.engine import open_store
from tests.benchmarks import telegram_altered as altered
for alteration in altered.ALTERATIONS.values():
    alteration()
pace = Pace()
waits = [pace.wait("tg:1", "send", 0.0, group=False) for _ in range(50)]
with open_store("sqlite:///{folder}/house.db").connect() as connection:
    level = connection.exec_driver_sql("PRAGMA synchronous").scalar()
print(bot.service.reception.take_turn is altered.slow_turn, max(waits), level)
"""


def test_alterations_take_hold_of_the_product(tmp_path: Path) -> None:
    """Slow turns are what reception takes, no message is paced, and SQLite waits for the disk (2 is FULL)."""
    script = ALTERED.format(folder=tmp_path)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["True", "0.0", "2"]


def _round(cpu: float) -> Round:
    return Round(Price(cpu, 1.5, 100, 0), Wait(2, 5, 50))


def test_ratios_are_paired_by_round() -> None:
    """A slow minute of the machine, in which both bots cost double, leaves the ratio as it is."""
    rounds = {STOCK: [_round(4), _round(8)], "other": [_round(1), _round(2)]}
    assert ratios(rounds, "other") == [4, 4]
    assert summary(rounds)["other"]["ratio"] == 4


def test_without_the_stock_bot_there_is_no_ratio() -> None:
    """A row measured alone claims no ratio."""
    rounds = {"other": [_round(1)]}
    assert summary(rounds)["other"]["ratio"] is None
    assert cost_table(rounds)[-1].startswith("| other | 1.00 | - |")


def test_a_promise_is_kept_within_its_bound_and_not_beyond() -> None:
    """A run without scenes is held against turns, waits and memory only, and a bound that is set higher breaks."""
    found = Found(rounds={STOCK: [_round(4)], "limit_guide": [_round(1)]})
    promises = {one.what: one for one in goals(found, "limit_guide", 3.0)}
    assert len(promises) == 5
    assert promises["stock CPU a turn over ours"].kept
    assert not promises["turns a second"].kept
    assert not next(goals(found, "limit_guide", 4.5)).kept


def test_waits_are_told_by_median_and_by_the_slowest_hundredth() -> None:
    """Of a hundred even waits the median lies in the middle and the 99th percentile near the end, in ms."""
    p50, p99 = waits([number / 1000 for number in range(1, 101)])
    assert p50 == pytest.approx(50.5)
    assert 98 < p99 <= 100


def test_who_is_never_answered_waits_all_the_same() -> None:
    """An update that no call comes about counts with the time it has waited, and no figure keeps no promise."""
    town = Town()
    town.handed(town.chat(1))
    town.handed(town.chat(2))
    assert town.call("sendMessage", {"chat_id": 1, "text": "x"})[0] == 200
    assert [chat for chat, _, _ in town.waits()] == [1, 2]
    assert not Goal("others' added p99, ms", "at most", 50, waits([])[1]).kept
