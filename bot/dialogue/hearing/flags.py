"""Hearing: yes and no."""

from __future__ import annotations

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.readings import Heard, refused
from bot.dialogue.hearing.tokens import Lexicon, cut_words
from bot.dialogue.hearing.words import SHARED

_WORDS = {
    "yes": (
        "是|是的|是呀|是啊|是滴|有|有的|有过|有呀|有啊|对|对的|对呀|对啊|对对|对对对|嗯|嗯嗯|嗯呢|恩|恩恩|没错|的确"
        "|的确是|确实|确实有|确实是|当然|当然有|当然是|肯定|肯定有|必须的|可不|正是|会|会的|y|yes|yep|yeah|yup|yea"
        "|ya|aye|true|correct|sure|of course|affirmative|indeed|right|i do|i have|i did|it is|it does|absolutely"
        "|definitely|✓|✔|✅|☑|👍|👌|t|系|系啊|係"
    ),
    "no": (
        "否|不|不是|不是的|没|没有|没有的|没有过|没过|没呢|没有呢|没啊|没有啊|无|不对|不会|不曾|从来没有|从来没"
        "|从没|从没有|从没有过|从没过|从未|从未有过|不存在|没有没有|都没有|不用|不|不不|暂无|完全没有|没的|木有"
        "|并没有|并没|还没|还没有|唔系|唔是|错|错的|不是啊|不是呀|n|no|nope|nah|never|false|not at all|none"
        "|negative|incorrect|i don't|i dont|i haven't|i havent|i didn't|i did not|i do not|i have not|it isn't"
        "|it is not|not really|no way|x|✗|✘|❌|✖|👎|f|not"
    ),
    "leaning": (
        "应该|应该是|应该有|好像|好像有|好像是|可能|可能有|可能是|大概|大概是|大概有|也许|估计|估计有|似乎|或许"
        "|算是|算吧|好|好的|行|可以|ok|okay|maybe|probably|perhaps|i think|i think so|i guess|i guess so|kind of"
        "|sort of|think so|说不定|没问题|没毛病|差不多"
    ),
    "unsure": (
        "说不好|不知道|不清楚|不确定|不太清楚|不太确定|没注意|没印象|not sure|don't know|i don't know|i'm not sure"
        "|unsure|idk"
    ),
    "filler": (
        "的|了|呀|啊|吧|呢|哦|噢|哈|嘛|滴|啦|我|i|,|.|。|!|~|、|…|也|就|都|还|目前|现在|暂时|一直|真的|真|really"
        "|sir|please|thanks|谢谢|the|it|that's|thats|that is"
    ),
    "question": SHARED["question"] + "|有没有|是不是|对不对|对吗|是吗|有吗",
    "mark": "?",
    "both": (
        "不是没有|并非没有|不是没|不是不|有时|有时候|偶尔|不一定|看情况|有的有|有些|一半一半|sometimes|depends"
        "|it depends|both|partly|部分"
    ),
}
_LEXICON = Lexicon(_WORDS)


def hear_flag(folded: str, asked: Asked) -> Heard:
    """Yes or no as True or False; a leaning ("probably") or a yes with more words is asked back."""
    del asked
    tokens = cut_words(folded, _LEXICON)
    roles = {token.role for token in tokens}
    for role, doubt in (("question", "question"), ("unsure", "unsure"), ("both", "vague")):
        if role in roles:
            return refused("flag", doubt)
    answers = roles & {"yes", "no"}
    if len(answers) != 1:
        leaning_only = "leaning" in roles and not answers and roles <= {"leaning", "filler"}
        return _heard(True, "leaning") if leaning_only else refused("flag", "contradicting" if answers else _why(roles))
    sure = roles <= {*answers, "filler"}
    doubt = "" if sure else "leaning" if "leaning" in roles else "unknown_words"
    return _heard("yes" in answers, doubt)


def _why(roles: set[str]) -> str:
    return "question" if "mark" in roles else "no_answer"


def _heard(value: bool, doubt: str) -> Heard:
    read_as = "yes" if value else "no"
    return Heard("confirm" if doubt else "value", value, None, None, "flag", read_as, doubt or None)
