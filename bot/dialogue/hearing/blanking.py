"""Hearing: what a question asks, less whatever in it could tell who asks: figures, numbers, addresses, names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

BLANK = "□"
LONGEST = 120
"""Characters of a question that are kept at most."""

_HAN = "\u3400-\u9fff"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛"
    "温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈"
    "鲍位覃霍翁隋植甘景薄单司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来缪苟全褚廉简娄盖符奚木穆"
)
_NUMERALS = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟几"
_ALWAYS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|@\S+|t\.me/\S+"
    rf"|[a-z_.\-]*\d[\w.\-]*|(?!千万[不别要]|万一)[{_NUMERALS}]{{2,}}|[{_NUMERALS}](?=[块元毛年月天日号岁周])",
    re.IGNORECASE,
)
_SAID_TO_BE_A_NAME = re.compile(
    rf"(?:我叫|名叫|我姓|姓名[是为:]?|名字[是叫为:]?|微信号?[是为:]?|昵称[是为:]?) ?(?P<name>[{_HAN}a-z·]{{1,8}})"
    r"|\b(?:my name is|i am called|call me) (?P<called>[a-z'\-]+(?: [a-z'\-]+)?)",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"[{_HAN}]{{1,3}}(?=先生|女士|小姐|经理|老师|师傅|老板|律师|医生)")
_PERHAPS_A_NAME = re.compile(rf"(?:欧阳|司马|上官|诸葛|司徒|慕容|令狐|尉迟|[{_SURNAMES}])[{_HAN}]{{1,2}}")
_PERHAPS_A_PLACE = re.compile(
    rf"[{_HAN}]{{2,8}}(?:有限公司|公司|集团|小区|派出所|大学|学院|医院|中学|小学|银行|支行|商行|店|厂|省|市|县|区|镇|乡|村|路|街|栋)"
)
_CAPITAL = re.compile(r"\b[A-Z][a-zA-Z'\-]+")
_BLANKS = re.compile(rf"{BLANK}(?:[ ,.·\-]*{BLANK})+")


def blanked(words: str, familiar: Callable[[str], bool]) -> str:
    """A question with a blank for everything in it that could tell who asks.

    Figures, addresses and whatever is said to be a name always go. What may be a name or a place goes where our own
    questions do not use those words either: that is what ``familiar`` says of them.
    """
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in words)
    plain = " ".join(unicodedata.normalize("NFKC", seen).split())
    plain = _SAID_TO_BE_A_NAME.sub(_without_the_name, plain)
    plain = _TITLED.sub(BLANK, _ALWAYS.sub(BLANK, plain))
    for pattern in (_CAPITAL, _PERHAPS_A_PLACE, _PERHAPS_A_NAME):
        plain = pattern.sub(lambda found: found[0] if familiar(found[0]) else BLANK, plain)
    return _BLANKS.sub(BLANK, plain)[:LONGEST].strip()


def _without_the_name(found: re.Match[str]) -> str:
    name = found["name"] or found["called"]
    return found[0].removesuffix(name) + BLANK
