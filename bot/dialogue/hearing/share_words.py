"""Hearing: words around shares and percentages."""

from __future__ import annotations

from decimal import Decimal

NAMED_SHARES = {
    (Decimal(0), Decimal(0)): (
        "持平|没变化|没有变化|没变|没怎么变|不变|一样|跟去年一样|和去年一样|about the same|the same|same|flat"
        "|unchanged|no change"
    ),
    (Decimal("0.5"), Decimal("0.5")): (
        "一半|半|半数|一半儿|对半|对半开|五五开|half|a half|one half|half of it|half of them|50/50|fifty-fifty"
        "|fifty fifty"
    ),
    (Decimal(1), Decimal(1)): (
        "全部|全|全都|全是|全部都是|都是|所有|所有的|百分百|百分之百|百分之一百|全额|十足|通通|统统|全部都"
        "|一直都按时|都按时|全按时|全都按时|每次都按时|每次按时|都准时|都是按时|all|all of it|all of them"
        "|everything|whole|the whole|entire|entirely|completely|always|every time|fully|in full"
    ),
    (Decimal("0.9"), Decimal(1)): (
        "几乎全部|差不多全部|基本全部|几乎都是|几乎全是|基本都是|基本上都是|差不多都是|几乎都|基本都|基本上都"
        "|几乎所有|几乎都按时|基本都按时|几乎每次都按时|almost all|nearly all|almost everything|virtually all"
        "|almost always|nearly always|nearly everything|practically all"
    ),
    (Decimal("0.8"), Decimal(1)): "绝大部分|绝大多数|the vast majority|vast majority|the great majority|most by far",
    (Decimal("0.5"), Decimal(1)): (
        "大部分|大部分都是|大部分都|大多数|大多都是|多数|大多|大头|多半|大半|一大半|一多半|过半|most|mostly"
        "|most of it|most of them|majority|the majority|a majority|the bulk|mainly|主要"
    ),
    (Decimal("0.3"), Decimal("0.5")): (
        "小一半|少一半|不到一半多一点|a bit less than half|just under half|slightly less than half"
    ),
    (Decimal(0), Decimal("0.5")): "小半|少半|一小半|a minority|minority",
    (Decimal(0), Decimal("0.3")): (
        "很少|不多|少量|少部分|小部分|一小部分|少数|极少|极少数|一点|一点点|一点儿|有一点|有一点点|很小|很少一部分"
        "|很小一部分|占比很小|没多少|很低|没有多少|a little|little|a bit|a small part|small part|very little|few"
        "|a few|very few|not much|not many|a small share|a tiny bit|tiny"
    ),
    (Decimal(0), Decimal("0.1")): (
        "几乎没有|基本没有|差不多没有|几乎为零|基本没|hardly any|almost none|almost nothing|barely any"
        "|next to nothing|practically none"
    ),
}
"""Ends of a share, as fractions, to the words that name it."""

PARTS = {
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "eighth": 8,
    "eighths": 8,
    "tenth": 10,
    "tenths": 10,
    "halves": 2,
}
"""English parts of a whole and how many make one."""

SHARES = {
    "percent": "%|个百分点|百分点|percent|per cent|pct|percents|percentage points|percentage point|个点|点|个百分比",
    "percent_before": "百分之|百分",
    "permille_before": "千分之",
    "permyriad_before": "万分之",
    "permille": "‰",
    "permyriad": "‱",
    "tenth": "成",
    "over_part": "分之",
    "slash": "/|out of|in|of",
    "part": "|".join(PARTS),
    "fall": (
        "下降|下降了|下跌|下跌了|跌|跌了|降|降了|减少|减少了|减|下滑|下滑了|缩水|缩水了|萎缩|亏|亏损|亏了|亏损了"
        "|负增长|倒退|少了|赔|赔了|掉了|down|fell|dropped|decreased|declined|lost|loss|decrease|drop|decline"
        "|down by|fell by|dropped by|shrank|shrank by|lower"
    ),
    "flat": "差不多",
    "vague": "一部分|部分|有一部分|part of it|a part|some|一些|有些",
    "relative": "倍|翻倍|翻番|翻一番|double|doubled|triple|tripled|lpr|折|打折|一倍",
    "filler": (
        "涨|涨了|增长|增长了|增加|增加了|上升|上升了|上涨|多了|占|占比|占到|占了|比例|比率|率|毛利率|毛利|利润率"
        "|利润|净利率|负债率|提前还|提前|还清|还掉|首付|手续费|服务费|费率|费用|来自|来源|有|的钱|客户|大客户|增幅"
        "|涨幅|同比|环比|同比增长|营业额|收入|我占|能有|一年|去年|比去年|相比|比|up|up by|grew|grew by|increased"
        "|increased by|rose|increase|growth|share|margin|gross margin|rate|fee|part|them|are|on time|early|paid"
        "|repaid|of my income|higher|profit|year on year|yoy|than last year|last year|by|about one"
    ),
    "foreign": "$|€|£",
    "yuan": "元|块|块钱",
}
"""Role to words, separated by bars, on top of the shared ones."""
