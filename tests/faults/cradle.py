"""The cradle: the process of a nursery, which has everything imported and forks a real bot in a moment."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping

import psycopg
from sqlalchemy import create_engine

from bot import wiring
from bot.__main__ import commands, main
from bot.service.consulting import Draw, drawn_crowd, open_consultations
from bot.settings import PREFIX


def prepare(draw: Draw = drawn_crowd) -> None:
    """Import, read and draw everything that a bot would."""
    shelves, front = wiring.read_shelves(), wiring.read_front()
    wiring.read_shelves, wiring.read_front = (lambda: shelves), (lambda: front)
    crowd = draw(shelves[1])
    open_consultations.__defaults__ = (lambda packs: crowd if packs is shelves[1] else draw(packs),)
    commands()
    create_engine("postgresql+psycopg://").dispose()
    assert psycopg.pq.version()
    gc.collect()
    gc.freeze()


def _born(settings: Mapping[str, str], log: str) -> None:
    """What a forked child does: be a bot, and nothing else."""
    errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(errors, 2)
    os.environ.update({PREFIX + name: value for name, value in settings.items()})
    code = 1
    try:
        code = main(["telegram"])
    except BaseException:  # the exit below would swallow it
        traceback.print_exc()
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)


def serve() -> None:
    """Fork a bot, or wait for the end of one, for every line that comes in."""
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            children.discard(order["wait"])
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                _born(order["settings"], order["log"])
            children.add(answer)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    prepare()
    serve()
