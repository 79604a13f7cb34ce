"""The operators' office: finds every command in its folder, so that a file is all it takes to add one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from bot.admin import commands
from bot.admin.desk import AdminCommand


def _found() -> Mapping[str, AdminCommand]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    listed = [importlib.import_module(f"{commands.__name__}.{name}").COMMAND for name in names]
    return MappingProxyType({command.name: command for command in listed})


COMMANDS: Mapping[str, AdminCommand] = _found()
"""Every operators' command by name; a file in the folder is all it takes."""
