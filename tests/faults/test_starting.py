"""Starting and stopping: what is wrong is told in one kind line without a trace or a secret, and stopping is quick."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.channels.playground.faces.background import served
from bot.channels.playground.street import Street
from bot.channels.playground.town.faults import Mishap
from bot.store.conversations import load_conversation
from bot.store.engine import open_store, reading
from bot.store.outbox import due_promises
from tests.faults.nursery import Nursery
from tests.faults.walkers import neighbours

SECRET = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
TOKEN = f"123456:{SECRET}"
HOOK = {"WEBHOOK_URL": "https://example.org/hook"}


def _refused(bots: Nursery, folder: Path, **settings: str) -> str:
    """The one line with which a bot refuses to start."""
    told = {"BOT_TOKEN": TOKEN, "DATABASE_URL": f"sqlite:///{folder / 'x.db'}", "DATA_DIR": str(folder), **settings}
    log = folder / "log"
    assert bots.wait(bots.start(told, log)) == 2
    said = log.read_text()
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert SECRET not in said
    assert "hunter2" not in said
    return said


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"BOT_TOKEN": ""}, "BOT_TOKEN is not set; the token that BotFather gave is right"),
        ({"BOT_TOKEN": SECRET}, "BOT_TOKEN"),
        ({"DATABASE_URL": "nonsense hunter2"}, "DATABASE_URL: it is no address of a database; sqlite:///FILE or"),
        ({"DATABASE_URL": "oracle://me:hunter2@nowhere/x"}, "DATABASE_URL: oracle is not supported; sqlite"),
        ({"DATABASE_URL": "postgresql+other://me:hunter2@nowhere/x"}, "DATABASE_URL: postgresql+other is not"),
        ({"DATABASE_URL": "postgresql://me:hunter2@127.0.0.1:1/x"}, "DATABASE_URL: it cannot be opened"),
        ({"DATABASE_URL": "sqlite:////proc/nowhere/x.db"}, "DATABASE_URL: it cannot be opened"),
        ({"DATABASE_URL": f"sqlite:///{__file__}"}, "DATABASE_URL: it cannot be opened: file is not a database"),
        ({"BOT_API_URL": "somewhere"}, "BOT_API_URL"),
        ({**HOOK, "WEBHOOK_LISTEN": "everywhere"}, "WEBHOOK_LISTEN"),
        ({"TIMEZONE": "Middle/Earth"}, "TIMEZONE"),
        ({"OWNER_IDS": "me"}, "OWNER_IDS"),
    ],
    ids=lambda given: str(given)[:40],
)
def test_a_wrong_setting_is_told_in_one_line(
    bots: Nursery, tmp_path: Path, settings: dict[str, str], says: str
) -> None:
    """Exit code 2 and one line that names the setting and what would be right, whatever is wrong."""
    street = Street(1)
    with served(street) as place:
        said = _refused(bots, tmp_path, **{"BOT_API_URL": place.root, "BOT_TOKEN": street.token, **settings})
    assert says in said
    assert street.token.partition(":")[2] not in said


def test_a_token_that_the_platform_refuses(bots: Nursery, tmp_path: Path) -> None:
    """A token of another bot stops the start and is not repeated."""
    with served(Street(1)) as place:
        said = _refused(bots, tmp_path, BOT_API_URL=place.root)
    assert "BOT_TOKEN: the platform refuses it" in said


def test_an_address_that_is_taken(bots: Nursery, tmp_path: Path) -> None:
    """Another program on the webhook's port stops the start, and the line says which address it is."""
    street = Street(1)
    with served(street) as place, socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        told = {**HOOK, "BOT_API_URL": place.root, "BOT_TOKEN": street.token, "WEBHOOK_LISTEN": listen}
        assert f"WEBHOOK_LISTEN {listen}" in _refused(bots, tmp_path, **told)


def test_a_newer_database_stops_the_start(bots: Nursery, tmp_path: Path) -> None:
    """A database of tomorrow is left as it is."""
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_tomorrow'")
    store.dispose()
    assert "the database is at step 9999_tomorrow" in _refused(bots, tmp_path)


def test_an_unreachable_platform_is_tried_again_and_stopping_is_at_once(bots: Nursery, tmp_path: Path) -> None:
    """While nobody answers, the bot tries again and can be stopped at once; it serves as soon as somebody answers."""
    street = Street(1)
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    told = {
        "BOT_TOKEN": street.token,
        "BOT_API_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}",
    }
    log = tmp_path / "log"
    stopped = bots.start(told, log)
    _until(lambda: log.exists() and "the platform is away" in log.read_text())
    assert _stopped_within(bots, stopped, 2.0) == 0
    patient = bots.start(told, log)
    with served(street, port):
        (one,) = neighbours(street, 1)
        one.begins()
        _until(lambda: len(one.person.home.messages) > 1)
        assert _stopped_within(bots, patient, 10.0) == 0
    assert "Traceback" not in log.read_text()
    assert street.token not in log.read_text()


@pytest.mark.parametrize("fault", ["too_many", "drop_before", "drop_after", "bad_gateway"])
@pytest.mark.parametrize("method", ["getMe", "deleteWebhook"])
def test_a_platform_that_stumbles_at_the_start_ends_nothing(
    bots: Nursery, tmp_path: Path, method: str, fault: Mishap
) -> None:
    """The first calls are refused for a moment or break off: the bot asks again, and serves."""
    street = Street(1)
    street.weather.write(fault, method, seconds=1)
    told = {"BOT_TOKEN": street.token, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"}
    with served(street) as place:
        bot = bots.start({**told, "BOT_API_URL": place.root}, tmp_path / "log")
        (one,) = neighbours(street, 1)
        one.begins()
        _until(lambda: len(one.person.home.messages) > 1)
        assert _stopped_within(bots, bot, 10.0) == 0
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("fault", ["too_many", "drop_before"])
def test_a_webhook_is_announced_again_where_the_platform_stumbles(bots: Nursery, tmp_path: Path, fault: Mishap) -> None:
    """Only an address that is refused stops the start; a platform that has no time just then is asked again."""
    street = Street(1)
    street.weather.write(fault, "setWebhook", seconds=1)
    with served(street) as place, socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        other.close()
        told = {**HOOK, "BOT_API_URL": place.root, "BOT_TOKEN": street.token, "WEBHOOK_LISTEN": listen}
        bot = bots.start({**told, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.db'}"}, tmp_path / "log")
        _until(lambda: bool(street.town.webhook.url))
        assert _stopped_within(bots, bot, 10.0) == 0


def test_a_stop_in_the_middle_of_a_turn_finishes_it(bots: Nursery, tmp_path: Path) -> None:
    """Asked to stop while an answer is slow on its way out, the bot waits for it and ends well; nothing is left."""
    assert _stopped_while_slow(bots, tmp_path, 2) == 0


def test_a_stop_does_not_wait_for_ever(bots: Nursery, tmp_path: Path) -> None:
    """When an answer does not get out in ten seconds, the bot ends all the same, and the answer stays promised."""
    assert _stopped_while_slow(bots, tmp_path, 30) == 1


def _stopped_while_slow(bots: Nursery, folder: Path, seconds: int) -> int:
    """Stop a bot while a message takes so long; how many promises are left."""
    street, address = Street(1), f"sqlite:///{folder / 'x.db'}"
    with served(street) as place:
        told = {"BOT_TOKEN": street.token, "BOT_API_URL": place.root, "DATABASE_URL": address}
        bot = bots.start(told, folder / "log")
        (one,) = neighbours(street, 1)
        street.weather.write("slow", "sendmessage", seconds=seconds)
        one.begins()
        _until(lambda: len(one.person.home.messages) > 1)
        assert _stopped_within(bots, bot, 10.0) == 0
    store = open_store(address)
    with reading(store) as connection:
        assert load_conversation(connection, f"tg:{one.person.id}").revision == 1
        left = len(due_promises(connection, f"tg:{one.person.id}"))
    store.dispose()
    return left


def _stopped_within(bots: Nursery, number: int, seconds: float) -> int:
    begin = time.monotonic()
    os.kill(number, signal.SIGTERM)
    code = bots.wait(number)
    assert time.monotonic() - begin < seconds
    return code


def _until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)
