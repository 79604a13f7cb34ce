"""How every peer is started: the address of the platform, the token, and a webhook or polling."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Start:
    """Where a peer works: the platform's root, its token, and the webhook's address, empty for polling."""

    api: str
    token: str
    webhook: str
    secret: str

    @property
    def host(self) -> str:
        """The host that the webhook listens on."""
        return urlsplit(self.webhook).hostname or "127.0.0.1"

    @property
    def port(self) -> int:
        """The port that the webhook listens on."""
        return urlsplit(self.webhook).port or 0

    @property
    def path(self) -> str:
        """The path that the webhook listens on."""
        return urlsplit(self.webhook).path or "/"


def read_start() -> Start:
    """What the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", required=True, help="root of the Bot API server")
    parser.add_argument("--token", required=True)
    parser.add_argument("--webhook", default="", help="address to take updates at; polling when not given")
    parser.add_argument("--secret", default="", help="secret that comes with each update")
    given = parser.parse_args()
    return Start(given.api, given.token, given.webhook, given.secret)
