"""What commands take: words become typed arguments, each wrong one is named, and no value reaches the trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

_LONGEST = 200
LONGEST_TEXT = 100_000
"""Letters that the last argument of a command may have."""

_PERSON = re.compile(r"(?:tg:)?([0-9]{1,16})")
_NAMED = re.compile(r"[a-z]{1,16}")


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


Person = Annotated[str, AfterValidator(_conversation)]
"""A person by their number in the messenger, with or without ``tg:``; the id of their conversation."""

Number = Annotated[int, Field(ge=1, lt=2**52)]
"""A number in the messenger."""


class _Mark:
    """Something to be known of an argument beside its type."""


WHOLE, OPEN = _Mark(), _Mark()
"""The rest of the line as it was typed, blanks and breaks included; and what the audit trail may show as it is."""

Words = Annotated[str, Field(max_length=LONGEST_TEXT), WHOLE]
"""Everything that is left of the line; only the last argument of a command can take it."""

Open = Annotated[str, OPEN]
"""A word that names nobody, such as the id of an entry; it stands in the audit trail as it was given."""


class WrongArgumentError(ValueError):
    """An argument is missing, too much or cannot be read: which one, and what would be right."""

    def __init__(self, name: str, right: str) -> None:
        """Keep both; they say nothing of what was typed."""
        super().__init__(f"{name}: {right}")
        self.name, self.right = name, right


def read_arguments(form: type[Arguments], words: Sequence[str]) -> Arguments:
    """Words in order as typed arguments.

    Raises:
        WrongArgumentError: for the first argument that is wrong.
    """
    names = list(form.model_fields)
    given = [word[:_LONGEST] for word in words]
    if takes_text(form) and len(words) >= len(names):
        given = [*given[: len(names) - 1], " ".join(words[len(names) - 1 :])]
    if len(given) > len(names):
        raise WrongArgumentError("ARGUMENT", usage(form) or "-")
    try:
        return form.model_validate(dict(zip(names, given, strict=False)))
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise WrongArgumentError(name.upper(), _right(form.model_fields[name])) from None


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


def _right(field: FieldInfo) -> str:
    """What would be right for an argument: one of its words, or a number."""
    words = [str(word) for word in get_args(field.annotation) if isinstance(word, str)]
    if words:
        return ", ".join(words)
    return "123456789" if field.annotation is int or AfterValidator(_conversation) in field.metadata else "abc"


def trace(given: Arguments, mask: Callable[[str], str]) -> str:
    """Arguments for the audit trail: chosen words and numbers of days as they are, all else behind a mask."""
    told = []
    for name, field in type(given).model_fields.items():
        value = getattr(given, name)
        plain = bool(get_args(field.annotation)) or OPEN in field.metadata
        plain = plain or (isinstance(value, int) and name == "days")
        told.append(f"{name}={value}" if plain else f"{name}={mask(str(value))}")
    return " ".join(told)
