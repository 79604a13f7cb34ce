"""The leash: a bot that is started here ends when the playground that holds its standard input is gone."""

from __future__ import annotations

import os
import runpy
import sys
import threading


def main() -> None:
    """Be the bot in Telegram, as ``limit-guide telegram`` is, for as long as standard input is open."""
    threading.Thread(target=_until_let_go, name="leash", daemon=True).start()
    sys.argv = ["limit-guide", "telegram"]
    runpy.run_module("bot", run_name="__main__")


def _until_let_go() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
