"""Hearing: words that mean the same whatever is asked: ranges, edges, doubt, refusal, and what may be ignored."""

from __future__ import annotations

SHARED = {
    # joints between two numbers
    "range": "到|至|直到|-|--|~|~~|->|to|through|till|..|...",
    "or": "或|或者|或是|还是|要么|or",
    "and": "和|与|跟|及|and|&",
    "between": "之间|中间|范围内|区间|between",
    "list": "、",
    "sep": "=|,|;|。|.|!|:|(|)|[|]|\"|'|…|“|”|《|》|「|」|【|】|<br>",
    "join": "/|*|+|x|^|@|#|加|减|乘|除以|times|minus_sign|乘以|加上|减去",
    # vague words around one number
    "about": (
        "约|大约|大概|大概其|大致|差不多|差不多是|左右|上下|前后|约莫|约摸|估计|估摸|估摸着|可能|应该|也许|好像"
        "|好象|似乎|大体|粗略|样子|的样子|这样|这样子|这么多|光景|上下浮动|左右浮动|≈|about|around|roughly"
        "|approximately|approx|approx.|circa|ca.|maybe|probably|perhaps|i think|i guess|i'd say|more or less"
        "|give or take|or so|ish|somewhere around|in the region of|nearly about|大概是|应该是|应该有|可能有|估计有"
        "|大概有|约有|左右吧|or thereabouts|on average|some"
    ),
    "near": (
        "近|将近|接近|快|快到|快要|快有|快要到|差点|差一点|逼近|不太到|nearly|almost|close to|just under|nearing"
        "|just below|a bit under|a little under|slightly under|slightly less than|略低于|略少于"
    ),
    "past_before": (
        "刚过|刚刚过|刚超过|略高于|略多于|略超过|just over|a bit over|a little over|slightly over"
        "|slightly more than|a bit more than|just above|刚超"
    ),
    "past": "出头|挂零|冒头|多一点|多点|多一点点|出点头|and change|and a bit|and a little|a bit more",
    "more": "多|余|odd|some odd|多点儿",
    # edges
    "under": (
        "少于|低于|小于|不超过|没超过|没有超过|不多于|不高于|不大于|最多|至多|顶多|最高|上限|<|<=|=<|最大|不会超过"
        "|未超过|超不过|less than|under|below|at most|no more than|not more than|up to|maximum|fewer than|within"
        "|no greater than|not over|not exceeding|at the most|没到|还没到|未到|不满|未满|不足|maximum of"
    ),
    "under_any": "不到|max|不超",
    "under_after": (
        "以内|之内|以下|之下|内|封顶|为限|or less|or under|and below|and under|tops|or fewer|or below|at best"
    ),
    "over": (
        "至少|最少|起码|不少于|不低于|不小于|不下|不下于|超过|多于|大于|高于|超|超出|最低|下限|最小|>|>=|=>|少说"
        "|少说也有|more than|over|above|at least|no less than|not less than|minimum|upwards of|north of"
        "|greater than|in excess of|minimum of|no fewer than|有超过|不会少于|不会低于"
    ),
    "over_any": "不止|min|plus",
    "over_after": (
        "以上|之上|往上|起|起步|朝上|开外|打底|保底|or more|and up|and above|or above|or over|and over|upwards|朝上走"
    ),
    "minus": "负|负的|minus|negative|零下",
    # nothing
    "zero": (
        "没有|没|无|暂无|没有了|没了|没得|没有过|从来没有|从来没有过|从没有|从没有过|从没|从未|从未有过|未曾"
        "|一分没有|一分钱没有|分文没有|一分钱都没有|都没有|一点都没有|一点也没有|一点没有|啥都没有|完全没有"
        "|根本没有|暂时没有|目前没有|还没有|没有的|没呢|none|nothing|nil|no|never|not any|zilch|zip|nada|nope|无呢"
        "|现在没有|没有没有|none at all|nothing at all"
    ),
    # refusals
    "unsure": (
        "不知道|不清楚|不确定|不晓得|不记得|忘了|忘记了|忘记|记不清|记不清了|记不得|记不得了|记不住|想不起来|说不准"
        "|说不清|没概念|不好说|随便|保密|不想说|不方便说|不方便|不告诉你|跳过|不太清楚|不太确定|不太记得|看情况"
        "|不一定|不固定|没算过|没统计过|无可奉告|算不清|唔知|没注意|没留意|not sure|don't know|dont know"
        "|do not know|no clue|idk|dunno|unsure|no idea|forgot|i forget|can't remember|cant remember|don't remember"
        "|cannot remember|n/a|na|skip|pass|depends|it depends|unknown|uncertain|varies|hard to say|no comment"
        "|prefer not to say|rather not say|secret|private|随缘|待定|tbd|null|undefined"
    ),
    "vague": (
        "很多|好多|许多|无数|不少|一大堆|一堆|一些|有些|若干|有几|偶尔|经常|常常|有时|有时候|很少|不多|没多少"
        "|没有多少|没几|没几个|没几次|没多久|蛮多|挺多|超多|大量|少量|太多|老多|数不清|数不过来|成千上万|lots|a lot"
        "|a lot of|lots of|many|some of|plenty|loads|tons|not many|not much|not a lot|various|numerous|countless"
        "|often|sometimes|occasionally|rarely|thousands of|hundreds of|hundreds|millions of|够用|还行|还可以|一般般"
        "|凑合"
    ),
    "question": (
        "为什么|为啥|什么|啥|怎么|怎样|怎么样|如何|哪|哪里|哪个|哪些|多少|几多|吗|么|是否|能不能|可不可以|是不是"
        "|有没有|要不要|会不会|多久|谁|凭什么|干嘛|咋|咋样|what|what's|whats|why|how|which|when|where|who|can i"
        "|can you|could|should i|do i|does|is it|is this|do you|will it|would it|are you|what do you mean"
    ),
    "mark": "?",
    "negate": (
        "不是|不|别|并非|非|不再|不等于|没说|不能|不会|不要|not|isn't|isnt|don't|dont|no longer|doesn't|never mind"
        "|cannot|can't|won't|差了|少了|错了|wrong|except|除了"
    ),
    "not_finite": "nan|inf|infinity|-inf|+inf|∞|无限|无穷|无穷大|无限大|infinite|无上限",
    "relative": (
        "倍|lpr|shibor|基准|上浮|下浮|基准利率|基点|bp|bps|basis points|basis point|times as much|翻倍|翻番|翻一番"
        "|double|triple"
    ),
    "filler": (
        "我|我的|为|我们|俺|咱|自己|本人|个人|的|了|吧|呀|啊|哦|哈|嘛|呢|嗯|额|呃|唉|诶|哎|就|就是|也|也就|都|还"
        "|还有|有|是|在|能|会|可以|总|现在|目前|当前|如今|最近|近期|这段时间|平均|平均下来|平均每|平均是|平常|一般"
        "|一般是|通常|正常|基本|基本上|固定|到手|实际|实发|税后|税前|其实|然后|那|那么|这|这个|那个|总共|一共|共"
        "|合计|加起来|合起来|总计|共计|累计|所有|加一块|全部加起来|凑起来|只有|才|仅|仅有|刚好|正好|恰好|整|整整"
        "|足足|只|单|光|算|算上|算是|说|讲|写|填|按|每次|每笔|从|自|达|当时|当中|里面|里|上面|谢谢|您好|你好|好的"
        "|ok|请|亲|老师|嘿|hi|hello|thanks|thank you|please|ty|具体|准确|准确说|确切|i|i'm|im|i've|ive|i'd|my|me"
        "|mine|we|our|it|it's|its|is|was|are|am|be|of|in|the|that|this|have|has|had|having|got|get|gets|at|for|on"
        "|so|well|um|uh|er|just|only|exactly|precisely|currently|now|total|in total|altogether|all together|overall"
        "|all in all|usually|normally|generally|typically|approximately speaking|average|from|with|would|say|like"
        "|and that|there|there's|a|an|right now|at the moment|each|do|did|there are|there is|actually|honestly"
        "|basically|real|really|still|already|也有|已经|已|一直|又|再|还是在"
    ),
}
"""Role to words, separated by bars."""

BEFORE = frozenset({"under", "over", "near", "past_before", "minus"})
"""Roles that speak of the next number."""

AFTER = frozenset({"under_after", "over_after", "past", "more"})
"""Roles that speak of the number before."""

EITHER = frozenset({"under_any", "over_any"})
"""Roles that speak of the next number when it follows at once, else of the one before."""

SILENT = frozenset({"filler", "sep", "list", "from", "between", "and", "about", "or"})
"""Roles that are never left over as not understood."""
