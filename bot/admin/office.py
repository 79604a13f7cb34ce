"""The operators' office: finds every command in its folder, knows who may give which, and hears one line at a time."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, get_args

from sqlalchemy import Connection

from bot.admin import commands
from bot.admin.arguments import (
    Arguments,
    WrongArgumentError,
    read_arguments,
    shown,
    takes_none,
    trace,
    usage,
    words_in,
)
from bot.admin.desk import AdminCommand, Desk, Group, Operator, RefusedError, Role, Told, Way
from bot.store.audit import record
from bot.store.roles import role_of


def _found() -> Mapping[str, AdminCommand]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    listed = [importlib.import_module(f"{commands.__name__}.{name}").COMMAND for name in names]
    return MappingProxyType({command.name: command for command in listed})


COMMANDS: Mapping[str, AdminCommand] = _found()
"""Every operators' command by name; a file in the folder is all it takes."""

_ROLES: Mapping[str, Role] = MappingProxyType({role: role for role in get_args(Role)})


GROUPS: tuple[str, ...] = get_args(Group)
"""The groups of the menu, in order."""

HELP = "help"
"""What lists every command, group by group; or one, whose name stands behind it."""

_LONGEST_NAME = 40


class Deed(NamedTuple):
    """A command that was given and understood: its answer, and what the audit trail says of it (None for nothing).

    ``asks`` says that it only asks whether they are sure, ``menu`` that it only shows what there is; ``group`` is where
    the menu has it.
    """

    told: Told
    trail: tuple[str, str] | None = None
    asks: bool = False
    menu: bool = False
    group: str = ""


def operator_of(connection: Connection, owners: frozenset[int], number: int) -> Operator | None:
    """Somebody as an operator, as things stand at this moment; None for everybody else."""
    if number in owners:
        return Operator(number, "owner")
    role = _ROLES.get(role_of(connection, number) or "")
    return None if role is None or role == "owner" else Operator(number, role)


def allowed(command: AdminCommand, operator: Operator) -> bool:
    """Whether an operator may give a command from where they are."""
    here = command.away or operator.number is None
    return here and (operator.role == "owner" or operator.role in command.roles)


def hear(desk: Desk, line: str, *, sure: bool) -> Deed:
    """Let a command line be carried out as far as reading goes; a dangerous one asks first unless they are sure.

    Whatever it wants to change is in the answer, to be done by whoever calls. A line that is no command of this
    operator's shows the menu, whether there is such a command or not.
    """
    name, rest = _apart(line)
    if name in GROUPS and _mine(desk, name) and not rest:
        return Deed(_group_told(desk, name))
    if name == HELP:
        return Deed(listed(desk, rest.strip()))
    command = COMMANDS.get(name)
    if command is None or not allowed(command, desk.operator):
        return Deed(menu(desk, name), menu=True)
    try:
        return given_to(desk, command, words_in(command.arguments, rest), sure=sure)._replace(group=command.group)
    except WrongArgumentError as error:
        return Deed(Told(wrong(desk, command, error)), group=command.group)
    except RefusedError as error:
        return Deed(Told(str(error)), group=command.group)


def wrong(desk: Desk, command: AdminCommand, error: WrongArgumentError) -> str:
    """What is wrong with a command as it was typed: what was read, and what would be right."""
    typed = " ".join(filter(None, (command.name, usage(command.arguments))))
    return desk.say("office.wrong", error=error, usage=typed)


def _apart(line: str) -> tuple[str, str]:
    """The name that a line begins with, whose letters may be large as telephones write them, and the rest."""
    name, rest = (*line.split(None, 1), "", "")[:2]
    return name.lower(), rest


def takes_long(desk: Desk, line: str, *, sure: bool) -> AdminCommand | None:
    """The command of a line that is carried out and takes seconds, if it is such a line."""
    name, rest = _apart(line)
    command = COMMANDS.get(name)
    if command is None or not command.slow or not allowed(command, desk.operator) or (command.dangerous and not sure):
        return None
    try:
        read_arguments(command.arguments, words_in(command.arguments, rest))
    except WrongArgumentError:
        return None
    return command


def given_to(desk: Desk, command: AdminCommand, words: Sequence[str], *, sure: bool) -> Deed:
    """Give a command its words, as far as reading goes; a dangerous one only asks unless they are sure.

    Raises:
        WrongArgumentError: when a word is missing, too much or cannot be read.
        RefusedError: when it cannot be carried out as things are.
    """
    given = read_arguments(command.arguments, words)
    if command.dangerous and not sure:
        return Deed(_asked(desk, command, given, words), asks=True)
    told = command.run(desk, given)
    return Deed(told, (command.name, trace(given, desk.mask)) if command.traced else None)


def carried_out(connection: Connection, desk: Desk, deed: Deed) -> bool:
    """Do what a command asks for and write it into the trail, in the caller's transaction.

    False when the operator is none any more or things have changed since the command was heard: then nothing of the
    transaction may stay.
    """
    number = desk.operator.number
    if number is not None and operator_of(connection, desk.settings.owners, number) != desk.operator:
        return False
    if deed.told.change is not None and not deed.told.change(connection):
        return False
    if deed.trail is not None:
        record(connection, round(desk.now.timestamp() * 1000), desk.operator.name, *deed.trail)
    return True


def menu(desk: Desk, unknown: str = "") -> Told:
    """The office: a button for each group in which this operator may give a command.

    Of a word that is no command of theirs it says so, and which ones look like it.
    """
    ways = tuple(Way(titled(desk, group), group) for group in GROUPS if _mine(desk, group))
    words = desk.say("office.menu", role=desk.say("office.role", role=desk.operator.role))
    if unknown:
        mine = [name for name, command in COMMANDS.items() if allowed(command, desk.operator)]
        words = f"{desk.say('office.unknown', read=shown(unknown), near=alike(unknown, mine))}\n\n{words}"
    return Told(words, ways=ways)


def alike(name: str, names: Iterable[str]) -> list[str]:
    """The names that look most like what was typed."""
    return difflib.get_close_matches(name[:_LONGEST_NAME].lower(), names, 3)


def _group_told(desk: Desk, group: str) -> Told:
    """One group: a button for each command that needs no more words, and a line for each of all."""
    mine = _mine(desk, group)
    ways = tuple(Way(label(desk, one.name), one.name) for one in mine if takes_none(one.arguments))
    return Told(desk.say("office.group", title=titled(desk, group), typed=_typed(desk, mine)), ways=ways)


def listed(desk: Desk, only: str = "") -> Told:
    """Every command that this operator may give, group by group; only one, if it is one of theirs."""
    found = [(group, _mine(desk, group)) for group in GROUPS]
    one = [(group, [command]) for group, mine in found for command in mine if command.name == only.lower()]
    groups = [(titled(desk, group), _typed(desk, mine)) for group, mine in one or found if mine]
    return Told(desk.say("office.help", groups=groups))


def in_group(group: str) -> tuple[AdminCommand, ...]:
    """The commands of a group."""
    return tuple(command for command in COMMANDS.values() if command.group == group)


def _mine(desk: Desk, group: str) -> list[AdminCommand]:
    return [command for command in in_group(group) if allowed(command, desk.operator)]


def _typed(desk: Desk, found: Sequence[AdminCommand]) -> list[tuple[str, str]]:
    """Commands as they are typed, each with what it does."""
    return [(f"{one.name} {usage(one.arguments)}".strip(), does(desk, one)) for one in found]


def titled(desk: Desk, group: str) -> str:
    """What a group is called."""
    return desk.say(f"office.group.{group}")


def does(desk: Desk, command: AdminCommand) -> str:
    """What a command does, in one sentence."""
    return desk.worded(f"office.does.{command.name}", command.help)


def label(desk: Desk, name: str) -> str:
    """What a command's button says."""
    return desk.worded(f"office.label.{name}", name)


def _asked(desk: Desk, command: AdminCommand, given: Arguments, words: Sequence[str]) -> Told:
    """The question before a dangerous act; what was typed is repeated as it was understood."""
    fields = [name for name, _ in zip(type(given).model_fields, words, strict=False)]
    line = " ".join([command.name, *(str(getattr(given, name)) for name in fields)])
    return Told(desk.say("office.sure", does=does(desk, command), line=line), ways=(Way(desk.say("office.yes"), line),))
