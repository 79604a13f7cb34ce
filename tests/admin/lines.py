"""One table of the operators' commands as they are given, for the chat and for the terminal alike."""

from __future__ import annotations

from typing import NamedTuple


class Given(NamedTuple):
    """A command line, and words that its answer holds in English; ``before`` are lines that have to come first."""

    line: str
    says: tuple[str, ...]
    before: tuple[str, ...] = ()


_EDIT = "edit articles/fees title_en What do the fees come to?"

EDITING: tuple[Given, ...] = (
    Given("entries", ("articles", "questions")),
    Given("entry articles/fees", ("title_en", "zh.short")),
    Given(_EDIT, ("Drafted: articles/fees.md",)),
    Given("put guards/none.txt something", ("no such file",)),
    Given("remove articles/fees.md", ("taken away",)),
    Given("discard articles/fees.md", ("Forgotten",), (_EDIT,)),
    Given("discard all", ("no drafts",)),
    Given("value jiebei headroom 0.2 P 2025-11-20 A study of this line", ("Drafted: policies/jiebei.yaml",)),
    Given("draft", ("articles/fees.md",), (_EDIT,)),
    Given("check", ("no drafts",)),
    Given("preview articles/fees", ("articles/fees", "side by side")),
    Given("dryrun", ("none of the model",)),
    Given("difference", ("What do the fees come to?",), (_EDIT,)),
    Given("publish 12345678", ("changed since",), (_EDIT,)),
    Given("rollback 3", ("no edition",)),
    Given("editions", ("Nothing has been published",)),
)
"""The editors' commands; their whole day is walked in tests/publishing."""

TRUTH: tuple[Given, ...] = (
    Given("truth", ("0 people were asked", "differ from those who do not")),
    Given("truth levels", ("too few people",)),
    Given("recalibrate jiebei", ("Few data change nothing",)),
    Given("cases", ("0 wait to be looked at",)),
)
"""What tells whether forecasts came true; more people than none are met in tests/truth."""

LINES: tuple[Given, ...] = (
    Given("health", ("letters waiting", "articles")),
    *EDITING,
    *TRUTH,
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
