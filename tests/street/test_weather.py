"""Bad weather: broken connections, 429, pages of HTML, slow and cut answers, on both faces, written or drawn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.faces.http import serve
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.street import Street
from bot.channels.playground.town.faults import ON_CALLS, Mishap, Weather
from tests.street.stage import Stage

Act = Callable[[Bot, int], Awaitable[object]]


def _send(bot: Bot, chat: int) -> Awaitable[object]:
    return bot.send_message(chat, "hello", read_timeout=0.5)


async def _inside(kind: Mishap, seconds: int) -> tuple[type[Exception] | None, int]:
    clock = HandClock()
    street = Street(clock=clock)
    alice = street.person("alice")
    alice.starts()

    async def pause(passed: float) -> None:
        clock.advance(passed)

    request = StreetRequest(street, pause=pause)
    async with Bot(street.token, request=request, get_updates_request=StreetRequest(street)) as bot:
        street.weather.write(kind, "sendMessage", seconds=seconds)
        raised = await _raised(bot, alice.id)
    return raised, len(alice.home.messages) - 1


async def _outside(kind: Mishap, seconds: int) -> tuple[type[Exception] | None, int]:
    street = Street(clock=HandClock())
    alice = street.person("alice")
    alice.starts()
    async with serve(street) as at, Bot(street.token, at.base_url, at.base_file_url) as bot:
        street.weather.write(kind, "sendMessage", seconds=seconds)
        raised = await _raised(bot, alice.id)
    return raised, len(alice.home.messages) - 1


async def _raised(bot: Bot, chat: int) -> type[Exception] | None:
    try:
        await _send(bot, chat)
    except (NetworkError, RetryAfter) as error:
        return type(error)
    return None


EXPECTED: dict[Mishap, tuple[type[Exception], int]] = {
    "drop_before": (NetworkError, 0),
    "drop_after": (NetworkError, 1),
    "too_many": (RetryAfter, 0),
    "bad_gateway": (NetworkError, 0),
    "slow": (TimedOut, 1),
    "reset_midway": (NetworkError, 1),
}


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("kind", ON_CALLS)
@pytest.mark.parametrize("face", [_inside, _outside], ids=["inside", "outside"])
def test_each_mishap_is_what_it_says(kind: Mishap, face: Callable[..., Awaitable[object]]) -> None:
    """Each mishap raises what a real one would, and the message was accepted or not as it says; then all is well."""
    assert asyncio.run(face(kind, 1)) == EXPECTED[kind]  # type: ignore[arg-type]  both faces are coroutines


def test_a_page_of_html_comes_with_a_502() -> None:
    """A bad gateway answers with HTML, not JSON, as the real one does."""

    async def run() -> tuple[int, str, str]:
        street = Street(clock=HandClock())
        street.weather.write("bad_gateway")
        async with serve(street) as at, aiohttp.ClientSession() as session:
            response = await session.get(f"{at.base_url}{street.token}/getMe")
            return response.status, response.content_type, await response.text()

    code, kind, page = asyncio.run(run())
    assert (code, kind) == (502, "text/html")
    assert "Bad Gateway" in page


def test_written_mishaps_come_as_often_as_written() -> None:
    """A mishap befalls the named method so many times and then no more."""
    stage = Stage()
    stage.street.weather.write("too_many", "sendMessage", times=2, seconds=7)
    assert stage.call("getMe").code == 200
    said = [stage.send() for _ in range(3)]
    assert [one.code for one in said] == [429, 429, 200]
    assert said[0].body["parameters"] == {"retry_after": 7}


def test_drawn_mishaps_keep_to_their_shares_and_can_be_replayed() -> None:
    """Drawn mishaps come about as often as their rates say, the same for the same seed."""
    rates: dict[Mishap, float] = {"too_many": 0.2, "drop_after": 0.1}

    def drawn(seed: int) -> list[str]:
        weather = Weather(seed, rates)
        return [fault.kind if (fault := weather.on_call("sendMessage")) else "" for _ in range(2000)]

    first = drawn(1)
    assert first == drawn(1) != drawn(2)
    assert 300 < first.count("too_many") < 500
    assert 130 < first.count("drop_after") < 270
    assert set(first) == {"", "too_many", "drop_after"}


def test_updates_come_twice_and_swapped() -> None:
    """A poll brings an update twice, or two neighbours in the wrong order, and their numbers stay right."""
    stage = Stage()
    for text in "ab":
        stage.alice.says(stage.alice.home, text)
    stage.street.weather.write("duplicate")
    twice = stage.call("getUpdates").body["result"]
    assert [one["message"]["text"] for one in twice] == ["a", "a", "b"]
    stage.clock.advance(1)
    stage.street.weather.write("swap")
    swapped = stage.call("getUpdates").body["result"]
    assert [one["message"]["text"] for one in swapped] == ["b", "a"]
    assert swapped[0]["update_id"] == swapped[1]["update_id"] + 1
