"""Hearing: words around amounts of money."""

from __future__ import annotations

from decimal import Decimal

MONTHS_IN = {
    "a_month": Decimal(1),
    "a_year": Decimal(12),
    "a_half_year": Decimal(6),
    "a_quarter": Decimal(3),
    "a_week": Decimal(12) / Decimal(52),
    "a_day": Decimal(12) / Decimal(365),
    "an_hour": Decimal(0),
}
"""Months in the period that an amount was said for; zero where no month follows from it."""

OVER_ROUND = {
    **dict.fromkeys(("上千", "过千", "破千", "上千块"), 10**3),
    **dict.fromkeys(("上万", "过万", "破万", "超万", "上万块", "上万元", "过万块"), 10**4),
    **dict.fromkeys(("上百万", "过百万", "破百万"), 10**6),
    **dict.fromkeys(("上千万", "过千万", "破千万"), 10**7),
}
"""Words for an amount above a round one."""

NAMED_AMOUNTS = {
    "近千": (Decimal(900), Decimal(1000)),
    "近万|小一万|快一万|小万": (Decimal(9000), Decimal(10**4)),
    "万儿八千": (Decimal(8000), Decimal(10**4)),
    "千儿八百|千八百": (Decimal(800), Decimal(1000)),
    "百儿八十|百八十": (Decimal(80), Decimal(100)),
    "块儿八毛|块八毛": (Decimal("0.8"), Decimal(1)),
}
"""Words for a rough amount, with its ends in yuan."""

PERIODS = {
    "a_month": (
        "每月|每个月|月均|月薪|月入|月收入|月工资|月流水|月营业额|月销售额|月供|月还|月还款|月支出|月开销|一个月"
        "|一月|单月|按月|一个月的|每个月的|/月|/个月|/每月|/month|/mo|/m|per month|a month|monthly|p.m.|pm"
        "|every month|each month|个月薪|月平均|平均每月|平均每个月|平均月"
    ),
    "a_year": (
        "每年|一年|今年|去年|前年|年薪|年入|年收入|年化|全年|整年|年流水|年营业额|年销售额|年营收|年均|按年|一整年"
        "|/年|/year|/yr|/y|per year|a year|yearly|annual|annually|per annum|p.a.|every year|each year|年终|年度"
        "|一年的"
    ),
    "a_half_year": "半年|每半年|上半年|下半年|half a year|half year|half-year|半年的",
    "a_quarter": "每季度|每季|一季度|一个季度|季度|/季度|/季|per quarter|a quarter|quarterly|单季|每个季度",
    "a_week": (
        "每周|每星期|每礼拜|一周|一星期|一个星期|一礼拜|一个礼拜|周薪|每个星期|/周|/week|/wk|per week|a week|weekly"
        "|every week"
    ),
    "a_day": (
        "每天|每日|一天|一日|日薪|日均|日入|日结|日流水|按天|按日|天天|/天|/日|/day|/d|per day|a day|daily"
        "|every day|当天"
    ),
    "an_hour": "每小时|一小时|一个小时|时薪|每个小时|/小时|/时|/hour|/hr|/h|per hour|an hour|hourly",
}
"""Words that say for which period an amount is meant."""

MONEY = {
    **PERIODS,
    "time": (
        "年|个年头|年份|个月|个半月|月份|月|天|日|号|周|星期|个星期|礼拜|个礼拜|季度|个季度|小时|个小时|岁|周岁|期"
        "|分期|个工作日|工作日|分钟|days|day|weeks|week|months|month|years|year|yrs|yr|hours|hour|y|mo|d|y/o"
        "|years old|instalments|installments"
    ),
    "recent": "近|最近|过去|这|前|in the last|in the past|over the last|for the last|the last|the past|last|past",
    "yuan": (
        "元|块|块钱|圆|圆整|元整|块整|块钱整|元人民币|元钱|人民币|rmb|cny|cnh|yuan|yuans|kuai|大洋|大元|块大洋|r|¥"
        "|renminbi|块软妹币|软妹币"
    ),
    "jiao": "毛|角|毛钱|角钱|毛整|角整|jiao|mao",
    "fen": "分|分钱|分整|fen",
    "slang": "个|个w|个万|个达不溜|个数",
    "million": "m",
    "slang_kw": "kw",
    "slang_e": "e",
    "over_round": "|".join(OVER_ROUND),
    "named": "|".join(NAMED_AMOUNTS),
    "figures": "位数|位数的|figures|figure|-figure|-figures|digits|-digit|个数字",
    "foreign": (
        "美元|美金|美刀|刀|刀乐|usd|us$|us dollars|us dollar|dollar|dollars|$|bucks|buck|港币|港元|港纸|hkd|hk$"
        "|日元|日圆|日币|円|jpy|yen|韩元|韩币|韩圆|krw|won|欧元|eur|euro|euros|€|英镑|镑|gbp|pound|pounds|quid|£"
        "|台币|新台币|twd|nt$|泰铢|thb|卢布|rub|卢比|inr|rupees|₹|₩|澳元|澳币|aud|加元|加币|cad|新币|sgd|s$"
        "|新加坡元|坡币|马币|令吉|myr|比特币|btc|usdt|eth|u币|瑞郎|chf|越南盾|vnd|澳门币|mop|cents|cent|₽|฿|₿|pesos"
        "|外币|qb|q币|金币|积分"
    ),
    "filler": (
        "一次性|一次性还清|一口气|一下子|一下|收入|工资|薪水|薪资|薪酬|月薪水|存款|余额|额度|可用额度|总额度|剩余额度|借呗|花呗|网商贷|信用贷|信用卡"
        "|微粒贷|欠|欠款|欠着|负债|债务|债|贷款|借款|借|借了|借过|欠了|待还|需还|要还|剩|还剩|剩下|想借|想要|目标"
        "|希望|想|打算|需要|达到|能到|还款|还|流水|营业额|销售额|营收|进账|入账|收款|利润|纯利润|净利润|净赚|净收入"
        "|毛收入|总收入|纯收入|工资收入|挣|挣了|赚|赚了|拿|拿到|发|给|花|用|用了|用掉|花了|支付|付|存|存了|存着"
        "|理财|余额宝|基金|本金|金额|钱|数额|数目|进|入|出|应还|合着|家庭|额|挣个|赚个|拿个|有个|来个|大概有个|每人"
        "|人均|水平|级别|income|salary|wage|wages|pay|paid|earn|earns|earned|earning|earnings|make|makes|making"
        "|take home|take-home|bring home|bring in|net|gross|after tax|before tax|post-tax|pre-tax|after|before|tax"
        "|debt|debts|owe|owes|owing|loan|loans|limit|line|credit limit|balance|savings|saved|turnover|revenue|sales"
        "|profit|spend|money|amount|used|borrowed|cash|worth|value|repay|repaid|every|payment|payments|available"
        "|left|drawn|deposit|deposits|in hand|into my account|per person|now it is|used up"
    ),
}
"""Role to words, separated by bars, on top of the shared ones."""
