"""The product's own slot: its environment, and what the first button of its check-your-answers card says."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import create_engine, select

from bot.settings import PREFIX
from bot.store.tables import CONVERSATIONS
from bot.wiring import read_front


def environment(api: str, token: str, webhook: str, secret: str, folder: Path, database: str) -> dict[str, str]:
    """The settings of one run: everything in its own folder, unless a database is named."""
    told = {
        "BOT_TOKEN": token,
        "BOT_API_URL": api,
        "DATABASE_URL": database or address(folder),
        "DATA_DIR": str(folder),
    }
    if webhook:
        told |= {"WEBHOOK_URL": webhook, "WEBHOOK_LISTEN": urlsplit(webhook).netloc, "WEBHOOK_SECRET": secret}
    return {PREFIX + name: value for name, value in told.items()}


def address(folder: Path) -> str:
    """The database of a run in a folder."""
    return f"sqlite:///{folder / 'limit-guide.db'}"


def review_label() -> str:
    """What the button says that accepts all answers, in the people's language."""
    return read_front().phrases.say("zh", "review.done").strip()


def biggest_state(database: str) -> int:
    """The bytes of the largest conversation that a run has left in its database."""
    engine = create_engine(database)
    try:
        with engine.connect() as connection:
            states = connection.scalars(select(CONVERSATIONS.c.state)).all()
    finally:
        engine.dispose()
    return max((len(state.encode() if isinstance(state, str) else state) for state in states), default=0)
