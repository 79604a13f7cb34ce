"""One table of the operators' commands as they are given, for the chat and for the terminal alike."""

from __future__ import annotations

from typing import NamedTuple


class Given(NamedTuple):
    """A command line, and words that its answer holds in English; ``before`` are lines that have to come first."""

    line: str
    says: tuple[str, ...]
    before: tuple[str, ...] = ()


LINES: tuple[Given, ...] = (
    Given("health", ("letters waiting", "articles")),
    Given("funnel", ()),
    Given("funnel en edition", ()),
    Given("roles", ("owner",)),
    Given("roles", ("tg:42", "adviser"), ("grant 42 adviser",)),
    Given("grant 42 editor", ("42 is editor now",)),
    Given("grant 42 auditor", ("42 is auditor now",), ("grant 42 admin",)),
    Given("revoke 42", ("42 is no editor any more",), ("grant 42 editor",)),
    Given("revoke 42", ("has no role",)),
    Given("audit", ("grant", "role=editor"), ("grant 42 editor",)),
    Given("audit verify", ("The trail is whole", "2 rows"), ("grant 42 editor", "revoke 42")),
    Given("backup", ("conversations", "audit")),
    Given("rotate", ("keys wrapped anew",)),
    Given("answers", ()),
    Given("drill", ("The drill passed", "conversations")),
    Given("person 4242", ("Nothing is kept",)),
    Given("export 4242", ("Nothing is kept",)),
    Given("erase 4242", ("Nothing is kept",)),
)
"""Every command that can be given in a chat stands here at least once; a test sees to it."""
