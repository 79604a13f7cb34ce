"""admit: whoever leads comes from the table by a code of theirs to their own screen of the sitting."""

from __future__ import annotations

import re

from sqlalchemy import Connection

from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.leading import lead_screen, not_yours
from bot.consultation.posting import kept_desk, own_desk
from bot.consultation.ways import by_way, group_behind

_CODE = re.compile(r"d[A-Za-z0-9_-]{16}")


def _admit(host: Host, argument: str) -> Done | None:
    code = _CODE.fullmatch(argument.strip())
    return None if code is None or host.arrival.secondhand else by_way(host, code[0], _leading)


def _leading(host: Host, kept: Kept) -> Done:
    """The adviser's screen; their desk remembers the sitting. Who pressed as an adviser may be none any more."""
    if not host.leads(kept.sitting.group):
        return Done((not_yours(host, kept),))
    return kept_desk(host, Done((lead_screen(host, kept.sitting),)), own_desk(host).leading(kept.sitting.id))


def _group(connection: Connection, who: str, argument: str) -> str | None:
    """The group of the sitting to whose desk a code leads; None for a member's, of whom nothing has to be asked."""
    code = _CODE.fullmatch(argument.strip())
    return None if code is None else group_behind(connection, who, code[0])


ACT = Act(_admit, frozenset({"private"}), commands=frozenset({"start"}), led=True, led_in=_group)
