"""Hearing: words around interest rates."""

from __future__ import annotations

RATES = {
    "a_day": (
        "日|天|日息|日利率|日利息|日利|日化|日费率|日化利率|日利率是|每日|每天|一天|一日|按日|按天|日息率|天息|/天"
        "|/日|/day|/d|per day|a day|daily|each day|every day|p.d.|per diem|day|日计息|按日计息|每日利率"
    ),
    "a_month": (
        "月|个月|月息|月利率|月利息|月利|月化|月费率|每月|每个月|一个月|一月|按月|月息率|/月|/个月|/month|/mo"
        "|per month|a month|monthly|each month|every month|p.m.|pm|month|每月利率|月供利率"
    ),
    "a_year": (
        "年|年息|年利率|年利息|年利|年化|年化利率|年化率|年费率|每年|一年|按年|年息率|/年|/year|/yr|/y|per year"
        "|a year|yearly|annual|annually|annualized|annualised|per annum|p.a.|pa|p.a|apr|apy|irr|year|年化irr"
        "|综合年化|实际年化|年综合|综合年化利率|名义年化|年化单利|年百分率|annual percentage rate|an annual rate"
        "|simple annual"
    ),
    "percent": "%|percent|per cent|pct|percents|个点|点|个百分点|百分点|percentage points|percentage point",
    "percent_before": "百分之|百分",
    "permille_before": "千分之|千",
    "permyriad_before": "万分之|万",
    "permille": "‰|per mille|permil",
    "permyriad": "‱",
    "fen": "分|分钱|分利|分息|分利息",
    "li": "厘|厘利|厘息|厘钱",
    "hao": "毫",
    "mao": "毛|毛钱|角|毛利|角钱",
    "over_part": "分之",
    "slash": "/|out of|in|per|in every|out of every",
    "half": "半",
    "free": (
        "免息|无息|没有利息|没利息|无利息|零利率|零利息|不要利息|不收利息|免利息|interest free|interest-free"
        "|no interest|0利率|0利息|不用利息|zero interest"
    ),
    "unknown": "万一|千万|万万",
    "money": "元|块|块钱|yuan|rmb|¥|kuai",
    "relative": (
        "倍|lpr|shibor|基准|上浮|下浮|基准利率|基点|bp|bps|basis points|basis point|个基点|贴息|浮动|加点|折|打折|优惠"
    ),
    "filler": (
        "利率|利息|利|息|费率|借款|借款利率|单利|复利|年华|综合|综合成本|成本|实际|名义|执行|固定|借呗|花呗|网商贷"
        "|信用贷|贷款|微粒贷|页面|显示|写着|写的|标的|标|给我|给的|算|折合|相当于|折算|换算|收|收取|计息|计|资金"
        "|是按|利率是|的利率|的利息|利息是|现在利率|率|叫|左右吧|interest|rate|rates|interest rate|simple|compound"
        "|fixed|nominal|effective|charge|charges|charged|charging|cost|fee|apr of|rate of|with"
    ),
}
"""Role to words, separated by bars, on top of the shared ones."""

ONLY_PERIOD = frozenset({"a_day", "a_month", "a_year"})
"""Roles that say the period of a rate."""
