"""Which ability answers what: every file in the abilities folder is found and its verbs and commands are joined."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from bot.dialogue import abilities
from bot.dialogue.scene import Ability, Step, Tell


def _found() -> tuple[Ability, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(abilities.__path__))
    return tuple(importlib.import_module(f"{abilities.__name__}.{name}").ABILITY for name in names)


def _joined(tables: list[Mapping[str, Step]]) -> Mapping[str, Step]:
    joined: dict[str, Step] = {}
    for table in tables:
        twice = joined.keys() & table.keys()
        if twice:
            raise ValueError(f"two abilities answer to {', '.join(sorted(twice))}")
        joined.update(table)
    return MappingProxyType(joined)


ABILITIES: tuple[Ability, ...] = _found()
"""Everything the dialogue can do, found once when the house is built."""

VERBS: Mapping[str, Step] = _joined([ability.verbs for ability in ABILITIES])
COMMANDS: Mapping[str, Step] = _joined([ability.commands for ability in ABILITIES])
TELLS: Mapping[str, Tell] = MappingProxyType({a.name: a.tell for a in ABILITIES if a.tell is not None})
