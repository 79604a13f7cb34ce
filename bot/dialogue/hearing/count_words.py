"""Hearing: words around counts."""

from __future__ import annotations

_COUNTERS = (
    "个|家|次|笔|张|条|台|人|位|项|种|回|遍|部|款|份|件|户|名|口|只|间|处|辆|支|分|门|样|场|单|趟|类|所|道|班"
    "|家机构|家平台|个平台|家银行|个机构"
)
_PLAIN_COUNTERS = "个家次笔张条回遍件份"
_NOTHING = "|".join(
    f"一{counter}{even}{none}"
    for counter in _PLAIN_COUNTERS
    for even in ("", "都", "也")
    for none in ("没", "没有", "没有过", "没过")
)

COUNTS = {
    "counter": (
        f"{_COUNTERS}|times|time|x|loans|loan|lenders|lender|platforms|platform|services|service|changes|change|inquiries|inquiry|points|point"
        "|places|banks|accounts|pieces|items|cuts|raises|draws|apps|people|dependents|cards"
    ),
    "zero": f"{_NOTHING}|没借|没借过|没用过|没用|没查过|没换过|没换|没涨过|没降过|没逾期|没逾期过|没有逾期|没有借过"
    "|没有换过|not once|not a single one",
    "once": "once|一下",
    "twice": "twice",
    "thrice": "thrice",
    "filler": (
        "次数|数量|家数|借|借了|借过|用|用过|用了|查|查了|查过|被查|换|换了|换过|逾期|逾期了|逾期过|晚|晚了|涨|涨了"
        "|涨过|提|提了|提过|提额|降|降了|降过|降额|过|各|银行|平台|机构|网贷|小贷|征信|查询|额度|芝麻|芝麻分"
        "|芝麻信用|信用分|分数|手机|设备|手机号|借呗|花呗|网商贷|微粒贷|在用|在还|开通|开通了|开了|服务|功能|申请"
        "|申请了|点过|点了|出现|出现过|发生|发生过|不同|borrow|borrowed|borrows|used|use|late|overdue|changed"
        "|checked|raised|cut|credit|score|sesame|different|active|of them|phone|device"
    ),
    "recent": "近|最近|过去|这|前|in the last|in the past|over the last|for the last|the last|the past|last|past",
    "time": (
        "年|个月|个半月|月份|月|天|日|周|星期|个星期|礼拜|个礼拜|季度|个季度|小时|个小时|岁|days|day|weeks|week"
        "|months|month|years|year|yrs|yr|hours|hour"
    ),
}
"""Role to words, separated by bars, on top of the shared ones."""
