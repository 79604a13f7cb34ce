"""A library of one thing on every shelf, written into a folder, for tests that break one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "facts/limits.yaml": """
- id: LI-01
  topic: limits
  zh: 最高可借3000元。
  en: At most 3,000 yuan.
  source: {title: 某报, title_en: A paper, url: 'https://example.org/a'}
  published: '2026-01-02'
  grade: reputable_press
  use: ok
- id: LI-02
  topic: limits
  zh: 有人说早还不好。
  en: Some say that paying early hurts.
  source: {title: 某站, url: ''}
  grade: user_article
  use: caution
  note: {zh: 只是个人说法。, en: One person's view.}
""",
    "questions/monthly_income.yaml": """
id: monthly_income
fact: monthly_income
goals: [assess, afford]
kinds: [person]
topic: income
order: 60
hear: money
unit: yuan_per_month
label: {zh: 月收入, en: Income}
ask: {zh: 每月收入多少？, en: What do you earn a month?}
example: {zh: 例如8000, en: For example 8000}
why: {zh: 收入决定还得起多少。, en: Income decides what you can carry.}
effect: {zh: 收入越高，范围越往上。, en: A higher one takes your range further up.}
choices:
  - {value: 3000, low: 0, high: 5000, label: {zh: 5000以下, en: Under 5000}}
  - {value: 8000, low: 5000, high: 12000, label: {zh: 5000到12000, en: 5000 to 12000}}
""",
    "actions/pay_on_time.yaml": """
id: pay_on_time
kinds: [person, business]
effect:
  effects:
    - {fact: on_time_months, how: by, amount: 1, low: 1, high: 1, kernel: ramp, delay_months: 0, over_months: 1}
  effort_hours: 1
  habit: true
  reversible: true
  asks_review: false
  grade: S
title: {zh: 按时还款, en: Pay on time}
summary: {zh: 到期前把钱备好。, en: Have the money ready.}
steps: {zh: 打开提醒。, en: Turn on reminders.}
proof: {zh: 账单, en: Bills}
risks: {zh: 无, en: None}
will_not: {zh: 不保证提额。, en: It promises no raise.}
contract: {zh: 看合同。, en: See the contract.}
ethics: ok
facts: [LI-01]
""",
    "articles/raise.md": """---
id: raise
intents: [raise]
facts: [LI-01]
reviewed: 2026-06-01
ability: assess
title_zh: 怎么提额？
title_en: How is a line raised?
---
## zh
### short
没有公开的公式。
### why
最高3000元。
### todo
- 按时还款
### avoid
- 不要付钱
### call
95188
## en
### short
There is no public formula.
### why
At most 3,000 yuan.
### todo
- Pay on time
### avoid
- Pay nobody
### call
95188
""",
    "cases/first.yaml": """
id: first
kind: person
situation: {monthly_income: 8000, current_line: 20000}
outcome: unchanged
fictional_source: false
title: {zh: 一个例子, en: An example}
story: {zh: 收入八千。, en: Income of eight thousand.}
lesson: {zh: 慢慢来。, en: Take time.}
actions: [pay_on_time]
facts: [LI-01]
""",
    "causes/identity.yaml": """
id: identity
family: user
title: {zh: 证件过期, en: Papers expired}
speaks_for: {zh: 证件过期了。, en: The papers expired.}
speaks_against: {zh: 证件有效。, en: The papers are valid.}
check: {zh: 看有效期。, en: Look at the date.}
todo: {zh: 更新证件。, en: Renew them.}
wait: {zh: 几天, en: A few days}
call: {zh: 客服, en: The service}
facts: []
""",
    "intents/raise.yaml": """
slug: raise
group: limit
name: {zh: 怎么提额, en: Raise my line}
phrasings: [怎么提额, 额度怎么涨, 想要更高的额度, 能不能提高额度]
phrasings_en: [how to raise my limit, increase my line]
rules: ['提.{0,4}额']
""",
    "intents/late.yaml": """
slug: late
group: overdue
name: {zh: 逾期, en: Late}
phrasings: [逾期了怎么办, 忘记还款有影响吗, 晚还一天会怎样, 过了还款日]
""",
    "intents/outside.yaml": """
slug: outside
in_scope: false
phrasings: [今天天气怎么样, 讲个笑话, 你好, 推荐电影, 怎么做红烧肉]
phrasings_en: [how is the weather, tell me a joke]
""",
    "intents/synonyms.yaml": """
names: {借呗: [借贝, jiebei]}
folds: {提额: [涨额, 提高额度]}
silent: [借呗, 请问]
concepts: {late: '逾期|忘|晚还'}
""",
    "articles/late.md": """---
id: late
intents: [late]
facts: []
reviewed: 2026-06-01
title_zh: 逾期会怎样？
title_en: What if I am late?
---
## zh
### short
尽快还。
### why
越晚越贵。
### todo
- 先还
### avoid
- 不要拖
### call
95188
## en
### short
Pay soon.
### why
Later costs more.
### todo
- Pay
### avoid
- Do not wait
### call
95188
""",
    "guards/despair.yaml": """
id: despair
order: 10
suspends: true
patterns: ['不想活']
unless: ['不想活动']
reply: {zh: 请先保证安全。, en: Please be safe first.}
facts: []
tried:
  must: [我不想活了]
  must_not: [今天不想活动]
""",
    "guards/banned_advice.yaml": """
negations: {zh: ['不要'], en: ['\\bnever\\b']}
rules:
  - {id: keep_debt, reason: it asks to keep a debt, zh: ['晚点还'], en: ['\\bpay later\\b']}
tried:
  must: {zh: [可以晚点还。], en: [Just pay later.]}
  must_not: {zh: [不要晚点还。], en: [Never pay later.]}
""",
    "phrases/hello.yaml": """
hello.name: {zh: '你好，{{ name }}。', en: 'Hello, {{ name }}.'}
hello.plain: {zh: 你好。, en: Hello.}
""",
}


def write_library(folder: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """The small library in a folder, with some files written otherwise or, given None, left out."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """One file of the small library with one piece of text replaced, to be found there."""
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new)}
