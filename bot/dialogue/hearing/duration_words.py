"""Hearing: words around lengths of time."""

from __future__ import annotations

from decimal import Decimal

NAMED_LENGTHS: dict[str, tuple[Decimal | int, Decimal | int, str]] = {
    "刚开通|刚开|刚开的|刚办|刚办的|才开|才开通|刚注册|刚申请|刚下来|刚开不久|just opened|just started|brand new|new": (
        0,
        1,
        "month",
    ),
    "今天|刚刚|刚才|就刚才|今日|today|just now": (0, 0, "day"),
    "昨天|昨日|昨晚|yesterday|last night": (1, 1, "day"),
    "前天|前日|the day before yesterday": (2, 2, "day"),
    "大前天": (3, 3, "day"),
    "这个月|本月|当月|this month": (0, 1, "month"),
    "上个月|上月|last month": (0, 2, "month"),
    "上上个月|上上月": (1, 3, "month"),
    "这周|本周|这星期|这个星期|这礼拜|this week": (0, 1, "week"),
    "上周|上星期|上个星期|上礼拜|上个礼拜|last week": (0, 2, "week"),
    "今年|this year": (0, 1, "year"),
    "去年|last year": (0, 2, "year"),
    "前年": (1, 3, "year"),
    "大前年": (2, 4, "year"),
    "大半年": (Decimal("0.5"), Decimal(11) / 12, "year"),
    "小半年": (Decimal("0.25"), Decimal("0.5"), "year"),
    "大半个月": (Decimal("0.5"), Decimal("0.9"), "month"),
    "小半个月": (Decimal("0.2"), Decimal("0.5"), "month"),
    "数月|数个月": (3, 9, "month"),
    "数天|数日": (3, 9, "day"),
    "a fortnight|fortnight": (2, 2, "week"),
    "个把月": (Decimal("0.8"), Decimal("1.5"), "month"),
    "个把星期|个把礼拜": (Decimal("0.8"), Decimal("1.5"), "week"),
    "一年到头": (12, 12, "month"),
}
"""Words for a length of time, or for a time that it counts from, with its ends and their unit."""

UNITS = {
    "hour": "小时|个小时|钟头|个钟头|hours|hour|hrs|hr|h",
    "day": "天|日|天整|days|day|d|个工作日|工作日",
    "week": "周|星期|个星期|礼拜|个礼拜|weeks|week|wks|wk",
    "month": "个月|个月整|个月份|期|months|month|mos|mo|mths|mth|m|instalments|installments|payments",
    "month_name": "月|月份",
    "quarter": "季度|个季度|季|quarters|quarter",
    "half_year": "个半年",
    "year": "年|年整|周年|整年|个年头|年头|载|years|year|yrs|yr|y|-year|-years",
}
"""Units of time to the words for them."""

DURATIONS = {
    **UNITS,
    "month_half": "个半月",
    "month_more": "个多月|个余月|个月多|个月出头",
    "month_near": "个来月",
    "week_more": "个多星期|个多礼拜|周多",
    "year_more": "年多|年出头|年有余|年挂零",
    "half_of_year": "上半年|下半年|年初|年底|月初|月底|月中",
    "half": "半|half a|half an|half",
    "and_half": "and a half|and half|零半",
    "named": "|".join(NAMED_LENGTHS),
    "under": "最长|最久",
    "over": "最短",
    "joining": "零|又|and|&|+|外加|加",
    "vague": (
        "很久|好久|很长|长期|一直|老用户|多年|很多年|好多年|一阵子|不久|没多久|一段时间|一会儿|有段时间|有一段时间"
        "|有些年头|有年头了|从小|永久|永远|随借随还|无固定期限|不定期|很早|早就|好长时间|老早|ages|long time"
        "|a long time|for years|for months|for ages|a while|recently|always|forever|long ago|not long|ever since"
        "|indefinite|a long while"
    ),
    "overdue": ("逾期|逾期了|逾期过|晚|晚了|晚过|晚还|迟|late|overdue|past due|days late"),
    "never_late": (
        "从不逾期|不逾期|从没逾期|没逾期|没逾期过|没有逾期|没有逾期过|从未逾期|从没晚过|没晚过|never late"
        "|never overdue|not late"
    ),
    "zero": "没开通|还没开通|没用过|没有存货|没存货|没有存款|没有库存|not yet|零库存",
    "unchanged": (
        "没动|没动了|没动过|没变|没变了|没变过|没变化|没涨|没涨了|没涨过|没升|没升过|没降|没降过|没调|没调过|没提|没提过|没动静"
        "|没有变|没有变过|没有变化|没有涨|没有涨过|没有升|没有升过|没有降|没有降过|没有动|没有动过|没有动静|不变|未变|未变动"
        "|降|降的|降了|降过|降过一次|降了一次|升|升的|升了|升过|升过一次|升了一次|涨|涨的|涨了|涨过|涨过一次|涨了一次"
        "|刚降|刚降的|刚升|刚升的|刚涨|刚涨的|刚变|刚变的|变|变的|变了|变过|变过一次|调|调的|调了|调过|调过一次|提过一次|额度"
    ),
    "filler": (
        "用|用了|用过|过去|以来|使用|使用了|开通|开通了|开通有|开|开了|开的|开户|开户了|开店|开店了|开业|开始|注册"
        "|注册了|办|办了|办理|成立|成立了|经营|经营了|做|做了|干|干了|营业|运营|借|借了|还|还了|还款|坚持|按时"
        "|按时还|拖|拖了|刚|刚满|前|之前|以前|了|过|从|自|起|底|初|持续|连续|后|以来|至今|到现在|到今天|为止"
        "|直到现在|直到今天|时间|历史|分|分期|期限|借款期限|老|店|公司|生意|做生意|有|能撑|撑|够|够花|可以撑|账龄"
        "|回款|压款|账期|收款|压货|周转|存货|货|距离|距今|离现在|已有|满|将|的时候|不间断|没断过|ago|since|for|after|past|used"
        "|using|opened|open|started|starting|running|business|old|been|had it|i've had it|on time|term|long|already"
        "|in|of|before|以后|之后|reserve|stock|to date|until now|till now|up to now|so far|it's been|it has been"
        "|month term|ever"
    ),
    "negate": "不是|别|并非|非|不再|not|isn't|isnt|don't|dont|no longer|doesn't|never mind|除了",
}
"""Role to words, separated by bars, on top of the shared ones."""
