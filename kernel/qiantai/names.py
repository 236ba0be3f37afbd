"""Chinese names of people: surnames, the titles that go with them, and where one stands in a line."""

from __future__ import annotations

import re

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛司徒东方独孤南宫夏侯皇甫尉迟公孙慕容令狐长孙宇文司空轩辕端木百里东郭南门呼延"
        "万俟闻人赫连澹台公冶宗政濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘子车亓官拓跋夹谷第五梁丘左丘",
    )
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾"
    "韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧柳殷俞季葛"
    "祝欧肖包关左单仇解查区耿焦阮符宁尚骆纪柯闵车柏裴冷卫蓝费娄甘翁游盛褚习屈卓宗凌童詹古辛乐曲麦佘祁霍苗路穆米丰邬华管涂匡冼郁"
)
TITLES = (
    *(
        "女士",
        "先生",
        "小姐",
        "太太",
        "阿姨",
        "叔叔",
        "师傅",
        "老师",
        "大爷",
        "大妈",
        "大姐",
        "大哥",
        "奶奶",
        "爷爷",
        "老板",
    ),
    *("医生", "教授", "经理", "姐", "哥", "叔", "姨", "总", "工", "伯", "婶"),
)
_TITLE = "|".join(TITLES)
_TITLED = rf"(?P<name>[\u4e00-\u9fff]{{1,3}}?)(?P<title>{_TITLE})"
_THEN = re.compile(r"$|[\s,，。:：、;；(（0-9说反来打问称讲报投建要想家在表求]")
_NOT_PEOPLE = ("施工", "安装工", "包工", "方工")


def surname(name: str) -> str:
    """The surname of a name, of two characters where it is one of the compound ones; empty where it has none.

    >>> surname("欧阳修"), surname("李姐"), surname("欧阳"), surname("保洁")
    ('欧阳', '李', '欧', '')
    """
    if name[:2] in COMPOUND_SURNAMES and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def titled(text: str) -> str:
    """The surname in what is a surname or name with a title and nothing else (李姐, 王女士), or empty."""
    hit = re.fullmatch(_TITLED, text)
    return surname(text) if hit and not text.startswith(_NOT_PEOPLE) else ""


def person_at(text: str) -> str:
    """The name with a title that a text begins with, or empty.

    >>> person_at("李姐 问物业费"), person_at("王女士说太吵"), person_at("施工 太吵"), person_at("电梯总是坏")
    ('李姐', '王女士', '', '')
    """
    hit = re.match(_TITLED, text)
    if not hit or not _THEN.match(text, hit.end()) or not titled(hit[0]):
        return ""
    whole_name = hit["name"] == surname(hit[0])
    return hit[0] if whole_name or len(hit["title"]) > 1 else ""
