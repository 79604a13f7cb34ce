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
    Given("cases", ("Waiting to be looked at: 0",)),
)
"""What tells whether forecasts came true; more people than none are met in tests/truth."""

_ZH, _EN = "announce new zh 帮助页更新了。", "announce 1 en The help pages have changed."
BROADCASTS: tuple[Given, ...] = (
    Given("broadcast", ()),
    Given("broadcast show 1", ("all", "no English words yet"), (_ZH,)),
    Given("broadcast preview 1", (), (_ZH, _EN)),
    Given("broadcast report 1", ("people found", "called off"), (_ZH, _EN, "cancel 1")),
    Given("broadcast pause 1", ("still a draft",), (_ZH,)),
    Given(_ZH, ("announce 1 en",)),
    Given("announce new en Borrow now, it is guaranteed!", ("urging to borrow", "a guarantee")),
    Given("announce new en Read [this](tg://user?id=1)", ("https links only",)),
    Given("announce new en See https://www.alipay.com@evil.example", ("https links only",)),
    Given("audience 1 language=en plan=running", ("language=en plan=running", "0 people"), (_ZH,)),
    Given("audience 1 income=high", ("language=",), (_ZH,)),
    Given("send 1", ("0 people now",), (_ZH, _EN)),
    Given("send 1 2020-01-01T09:00", ("within 90 days",), (_ZH, _EN)),
    Given("send 1", ("English words are missing",), (_ZH,)),
    Given("cancel 1", ("called off",), (_ZH,)),
    Given("block 4242", ("is blocked",)),
    Given("block 4242", ("blocked already",), ("block 4242",)),
    Given("person 4242", ("blocked since",), ("block 4242",)),
    Given("unblock 4242", ("heard again",), ("block 4242",)),
    Given("unblock 4242", ("not blocked",)),
)
"""What is said to many at once, and to one no more; how it goes out is walked in tests/broadcast."""

LINES: tuple[Given, ...] = (
    Given("health", ("waiting for their turn", "articles")),
    *EDITING,
    *TRUTH,
    *BROADCASTS,
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
    Given("latency", ("last",)),
    Given("deliveries", ("outlives restarts",)),
    Given("retention", ("after 13 months",)),
    Given("tidy", ("is deleted",)),
    Given("unanswered", ("No question without an answer",)),
    Given("unanswered 123abc done", ("There is no such group",)),
    Given("drill", ("The drill passed", "conversations")),
    Given("person 4242", ("Nothing is kept",)),
    Given("export 4242", ("Nothing is kept",)),
    Given("erase 4242", ("Nothing is kept",)),
)
"""Every command that can be given in a chat stands here at least once; a test sees to it."""
