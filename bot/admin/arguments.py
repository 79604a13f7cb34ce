"""What commands take: words become typed arguments, each wrong one is named, and no value reaches the trail."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

_LONGEST = 200
_SHOWN = 40
LONGEST_TEXT = 100_000
"""Letters that the last argument of a command may have."""

_PERSON = re.compile(r"(?:tg:)?([0-9]{1,16})")
_NAMED = re.compile(r"[a-z]{1,16}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f`\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Letters that would break out of what was read as it is shown again, or hide in it."""


class Arguments(BaseModel):
    """The arguments of a command, in the order in which they are given; none unless a command has its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _conversation(words: str) -> str:
    found = _PERSON.fullmatch(words)
    if found is not None:
        return f"tg:{int(found[1])}"
    if _NAMED.fullmatch(words):
        return words
    raise ValueError("a person's number would be right")


def _day(words: object) -> dt.date:
    if not isinstance(words, str) or not _DAY.fullmatch(words):
        raise ValueError("a day of the calendar would be right")  # a bare number would be taken for seconds
    return dt.date.fromisoformat(words)


Person = Annotated[str, AfterValidator(_conversation), Field(examples=["123456789"])]
"""A person by their number in the messenger, with or without ``tg:``; the id of their conversation."""

Number = Annotated[int, Field(ge=1, lt=2**52, examples=["123456789"])]
"""A number in the messenger."""

Day = Annotated[dt.date, BeforeValidator(_day), Field(examples=["2026-11-20"])]
"""A day of the calendar."""


class _Mark:
    """Something to be known of an argument beside its type."""


WHOLE, OPEN = _Mark(), _Mark()
"""The rest of the line as it was typed, blanks and breaks included; and what the audit trail may show as it is."""

Words = Annotated[str, Field(max_length=LONGEST_TEXT), WHOLE]
"""Everything that is left of the line; only the last argument of a command can take it."""

Open = Annotated[str, OPEN]
"""A word that names nobody, such as the id of an entry; it stands in the audit trail as it was given."""


Fault = Literal["missing", "extra", "long", "wrong"]


class WrongArgumentError(ValueError):
    """An argument is missing, too much, too long or cannot be read: which one, what was read, what would be right.

    ``right`` are the words it may be, or an example where it may be anything; of what was ``read`` the beginning is
    there to be shown, without letters that act.
    """

    def __init__(self, fault: Fault, name: str = "", read: str = "", right: FieldInfo | None = None) -> None:
        """Keep all of it in a form that can be shown."""
        super().__init__(f"{name}: {fault}")
        self.fault, self.name, self.read = fault, name, shown(read)
        self.words = _words(right) if right else ()
        self.right = ", ".join(self.words or (right.examples if right and right.examples else ()))
        self.most = LONGEST_TEXT if right is not None and WHOLE in right.metadata else _LONGEST


def shown(read: str) -> str:
    """The beginning of what somebody typed, as it may be shown again."""
    safe = _UNSHOWN.sub("\ufffd", read)
    return safe if len(safe) <= _SHOWN else f"{safe[:_SHOWN]}\u2026"


def read_arguments(form: type[Arguments], words: Sequence[str]) -> Arguments:
    """Words in order as typed arguments.

    Raises:
        WrongArgumentError: for the first argument that is wrong.
    """
    fields = form.model_fields
    given = list(words)
    if takes_text(form) and len(words) >= len(fields):
        given = [*given[: len(fields) - 1], " ".join(words[len(fields) - 1 :])]
    if len(given) > len(fields):
        raise WrongArgumentError("extra", read=given[len(fields)])
    typed = dict(zip(fields, given, strict=False))
    for name, word in typed.items():
        if len(word) > (LONGEST_TEXT if WHOLE in fields[name].metadata else _LONGEST):
            raise WrongArgumentError("long", name.upper(), word, fields[name])
    try:
        return form.model_validate(typed)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        fault: Fault = "wrong" if name in typed else "missing"
        raise WrongArgumentError(fault, name.upper(), typed.get(name, ""), fields[name]) from None


def takes_text(form: type[Arguments]) -> bool:
    """Whether the last argument of a command is everything that is left of the line."""
    return any(WHOLE in field.metadata for field in form.model_fields.values())


def words_in(form: type[Arguments], line: str) -> list[str]:
    """What was typed behind a command's name, word by word; its last argument may be a text of many words."""
    return line.split(None, len(form.model_fields) - 1) if takes_text(form) else line.split()


def takes_none(form: type[Arguments]) -> bool:
    """Whether a command can be given without any argument."""
    return not any(field.is_required() for field in form.model_fields.values())


def usage(form: type[Arguments]) -> str:
    """The arguments as one types them; those in brackets may be left out."""
    told = ((name.upper(), field.is_required()) for name, field in form.model_fields.items())
    return " ".join(name if needed else f"[{name}]" for name, needed in told)


def _words(field: FieldInfo) -> tuple[str, ...]:
    """The words that an argument may be, if they are counted."""
    return tuple(word for word in get_args(field.annotation) if isinstance(word, str))


def trace(given: Arguments, mask: Callable[[str], str]) -> str:
    """Arguments for the audit trail: chosen words and numbers of days as they are, all else behind a mask."""
    told = []
    for name, field in type(given).model_fields.items():
        value = getattr(given, name)
        plain = bool(get_args(field.annotation)) or OPEN in field.metadata
        plain = plain or (isinstance(value, int) and name == "days")
        told.append(f"{name}={value}" if plain else f"{name}={mask(str(value))}")
    return " ".join(told)
