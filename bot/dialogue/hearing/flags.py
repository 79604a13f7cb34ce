"""Hearing: yes and no."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.readings import Heard, refused
from bot.dialogue.hearing.tokens import Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

_WORDS = {
    "yes": (
        "是|是的|是呀|是啊|是滴|有|有的|有过|有呀|有啊|对|对的|对呀|对啊|对对|对对对|没错|的确是|确实有|确实是"
        "|当然有|当然是|肯定有|正是|会|会的|y|yes|yep|yeah|yup|yea|ya|aye|true|correct|affirmative|right|i do"
        "|i have|i did|it is|it does|✓|✔|✅|☑|👍|👌|t|系|系啊|係"
    ),
    "surely": (
        "嗯|嗯嗯|嗯呢|恩|恩恩|的确|确实|当然|肯定|绝对|必须的|可不|sure|of course|indeed|absolutely|definitely"
        "|certainly|for sure"
    ),
    "no": (
        "否|不|不是|不是的|没|没有|没有的|没有过|没过|没呢|没有呢|没啊|没有啊|无|不对|不会|不曾|从来没有|从来没"
        "|从没|从没有|从没有过|从没过|从未|从未有过|不存在|没有没有|都没有|不用|不不|暂无|完全没有|没的|木有|并没有"
        "|并没|还没|还没有|唔系|唔是|错|错的|不是啊|不是呀|n|no|nope|nah|never|false|not at all|none|negative"
        "|incorrect|i don't|i dont|i haven't|i havent|i didn't|i did not|i do not|i have not|it isn't|it is not"
        "|no way|x|✗|✘|❌|✖|👎|f|not"
    ),
    "leaning_no": (
        "not really|i don't think so|i dont think so|don't think so|dont think so|不太是|不完全是|不怎么|不太有"
        "|不算|不算是|不太会|hardly|i doubt it"
    ),
    "leaning": (
        "应该|应该是|应该有|好像|好像有|好像是|可能|可能有|可能是|大概|大概是|大概有|也许|估计|估计有|似乎|或许"
        "|算是|算吧|好|好的|行|可以|ok|okay|maybe|probably|perhaps|i think|i think so|i guess|i guess so|kind of"
        "|sort of|think so|说不定|没问题|没毛病|差不多|不错"
    ),
    "unsure": (
        "说不好|不知道|不清楚|不确定|不太清楚|不太确定|没注意|没印象|not sure|don't know|i don't know|i'm not sure"
        "|unsure|idk"
    ),
    "filler": (
        "的|了|呀|啊|吧|呢|哦|噢|哈|嘛|滴|啦|我|i|,|.|。|!|~|、|…|也|就|都|还|目前|现在|暂时|一直|真的|真|really"
        "|sir|please|thanks|谢谢|the|it|that's|thats|that is"
    ),
    "question": SHARED["question"] + "|不会吧|有没有|是不是|对不对|对吗|是吗|有吗",
    "mark": "?",
    "both": (
        "不是没有|并非没有|不是没|不是不|没有不|不无|有时|有时候|偶尔|不一定|看情况|有的有|有些|一半一半|sometimes"
        "|depends|it depends|both|partly|部分"
    ),
}
_LEXICON = Lexicon(_WORDS)
_NODS = frozenset({"嗯", "嗯嗯", "嗯呢", "恩", "恩恩", "可不"})


def hear_flag(folded: str, asked: Asked) -> Heard:
    """Yes or no as True or False; a leaning ("probably") or a yes with more words is asked back."""
    del asked
    tokens = cut_words(folded, _LEXICON)
    roles = {token.role for token in tokens}
    for role, doubt in (("question", "question"), ("unsure", "unsure"), ("both", "vague")):
        if role in roles:
            return refused("flag", doubt)
    answers = roles & {"yes", "no"}
    if not answers:
        return _without_answer(roles)
    if len(answers) == 2 or ("yes" in answers and "leaning_no" in roles) or ("surely" in roles and _agreeing(tokens)):
        return refused("flag", "contradicting")
    sure = roles <= {*answers, "filler", "surely"}
    doubt = "" if sure else "leaning" if roles & {"leaning", "leaning_no"} else "unknown_words"
    return _heard(value="yes" in answers, doubt=doubt)


def _agreeing(tokens: Sequence[Token]) -> bool:
    """Whether a mere nod stands before a no ("hm, no"), which may agree with the question or deny it."""
    return tokens[0].text in _NODS and any(token.role == "no" for token in tokens)


def _without_answer(roles: set[str]) -> Heard:
    if "surely" in roles and roles <= {"surely", "filler"}:
        return _heard(value=True, doubt="")
    if roles & {"leaning", "leaning_no"} and roles <= {"leaning", "leaning_no", "filler", "surely"}:
        return _heard(value="leaning_no" not in roles, doubt="leaning")
    return refused("flag", "question" if "mark" in roles else "no_answer")


def _heard(*, value: bool, doubt: str) -> Heard:
    read_as = "yes" if value else "no"
    return Heard("confirm" if doubt else "value", value, None, None, "flag", read_as, doubt or None)
