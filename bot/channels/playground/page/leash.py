"""The leash: a bot that is started here ends with the playground that holds its standard input, and shares its time."""

from __future__ import annotations

import os
import runpy
import sys
import threading

from bot.channels.clock import let_pass


def main() -> None:
    """Be the bot in Telegram, as ``limit-guide telegram`` is, for as long as standard input is open.

    A number on a line there lets so many seconds pass.
    """
    threading.Thread(target=_until_let_go, name="leash", daemon=True).start()
    sys.argv = ["limit-guide", "telegram"]
    runpy.run_module("bot", run_name="__main__")


def _until_let_go() -> None:
    for line in sys.stdin.buffer:
        if line.strip().isdigit():
            let_pass(float(line))
    os._exit(0)


if __name__ == "__main__":
    main()
