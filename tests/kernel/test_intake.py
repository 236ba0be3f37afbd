"""The one-line intake: what a line proposes, from lines as a desk hears them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.directory import Directory
from qiantai.intake import read_line
from qiantai.intakewords import alarms_heard
from qiantai.people import Household

LETTERS = {"王敏": "wm", "李静": "lj", "李建国": "ljg", "单小龙": "dxl sxl"}
DIRECTORY = Directory(
    (
        Household("1-2-301", "王敏", "13800001234"),
        Household("1-2-401", "赵磊", "13800004321"),
        Household("3-2-501", "李静", "13800005678"),
        Household("5-1-1202", "李建国", "0755-83211234"),
        Household("7-1-1202", "吴桐", "13800000701"),
        Household("7-2-1202", "吴桐", "13800000702"),
        Household("A-1201", "单小龙", "13800007777"),
        Household("S-12", "便民超市", "13800000012"),
        Household("B1-087", "周强", "13800000087"),
        Household("10-1-101", "欧阳兰"),
        Household("V-8", "陈岩", "13800000808"),
    ),
    lambda name: LETTERS.get(name, "").split(),
)
TOPICS = {
    "property-fee": ["物业费", "管理费"],
    "parking-fee": ["停车费"],
    "renovation": ["装修", "装修时间"],
    "ev": ["充电桩"],
}

# line; the rooms proposed; the kind; the emergency's word; the place; the summary
LINES = """
1-2-301 漏水 | 1-2-301 | repair | 漏水 | 1栋2单元301 | 漏水
１－２－３０１　漏水 | 1-2-301 | repair | 漏水 | 1栋2单元301 | 漏水
１栋２单元３０１，水管爆了 | 1-2-301 | repair | 水管爆 | 1栋2单元301 | 水管爆了
1-2-301:厨房跑水了!! | 1-2-301 | repair | 跑水 | 1栋2单元301 | 厨房跑水了!!
1-2-301家里说厕所天花板滴水 | 1-2-301 | repair | 天花板滴水 | 1栋2单元301 | 厕所天花板滴水
13800001234 电梯困人 | 1-2-301 | repair | 困人 | 1栋2单元 电梯 | 电梯困人
138 0000 1234 电梯困人 | 1-2-301 | repair | 困人 | 1栋2单元 电梯 | 电梯困人
13800009999 电梯里出不来 | | repair | 出不来 | 电梯 | 电梯里出不来
三栋二单元电梯停在五楼,有人被困 | | repair | 被困 | 3栋2单元 电梯 | 三栋二单元电梯停在五楼,有人被困
电梯停电困人了 3栋2单元 | | repair | 困人 | 3栋2单元 电梯 | 电梯停电困人了 3栋2单元
3-2-501 家里没电 | 3-2-501 | repair | 家里没电 | 3栋2单元501 | 家里没电
便民超市 门口停电了 | S-12 | repair | 停电 | 商铺S-12 门口 | 门口停电了
5栋1单元1202 闻到煤气味 | 5-1-1202 | repair | 煤气 | 5栋1单元1202 | 闻到煤气味
S-12 天然气泄漏 | S-12 | repair | 天然气 | 商铺S-12 | 天然气泄漏
电动车在楼道充电冒烟 | | help | 冒烟 | 楼道 | 电动车在楼道充电冒烟
A座1201 着火了快来 | A-1201 | help | 火 | A座1201 | 着火了快来
地下车库B区有人摔倒流血 | | help | 流血 | 地下车库B区 | 地下车库B区有人摔倒流血
大爷晕倒在健身区 | | help | 晕倒 | 健身区 | 大爷晕倒在健身区
楼上往下扔东西差点砸到人 | | help | 往下扔 | | 楼上往下扔东西差点砸到人
6栋外墙瓷砖掉了 | | help | 瓷砖掉 | 6栋外墙 | 6栋外墙瓷砖掉了
商铺12 招牌灯箱漏电 | S-12 | help | 漏电 | 商铺S-12 | 招牌灯箱漏电
有人打架,东门 | | help | 打架 | 东门 | 有人打架,东门
1-2-301 家里进贼了 | 1-2-301 | help | 贼 | 1栋2单元301 | 家里进贼了
车位087 车窗被砸,包被偷 | B1-087 | help | 被偷 | 地库B1-087 | 车窗被砸,包被偷
别墅8号 门被撬 | V-8 | help | 门被撬 | 别墅V-8 | 门被撬
lj 灯不亮 | 3-2-501 5-1-1202 | repair | | | 灯不亮
ljg 灯不亮 | 5-1-1202 | repair | | 5栋1单元1202 | 灯不亮
王敏 1-2-301 马桶堵了 | 1-2-301 | repair | | 1栋2单元301 | 马桶堵了
1-2-301的租户说门禁刷不开 | 1-2-301 | repair | | 1栋2单元 门禁 | 门禁刷不开
6栋大堂灯不亮 | | repair | | 6栋大堂 | 6栋大堂灯不亮
2单元电梯异响 | | repair | | 2单元电梯 | 2单元电梯异响
5-1202 对讲没反应 | 5-1-1202 | repair | | 5栋1单元1202 | 对讲没反应
7-1202 水龙头坏了 | 7-1-1202 7-2-1202 | repair | | 7栋1202 | 水龙头坏了
13800000702 7-1202 水龙头坏了 | 7-2-1202 | repair | | 7栋2单元1202 | 水龙头坏了
陈工 道闸坏了 | V-8 | repair | | | 道闸坏了
东门口积水 | | repair | | 东门口 | 东门口积水
5678 忘带钥匙了 | 3-2-501 | help | | 3栋2单元501 | 忘带钥匙了
孩子走丢了,穿红衣服 | | help | | | 孩子走丢了,穿红衣服
帮我搬一下东西 1-2-301 | 1-2-301 | help | | 1栋2单元301 | 帮我搬一下东西 1-2-301
别墅8号 有蛇 | V-8 | help | | 别墅V-8 | 有蛇
B1-087 车打不着火 | B1-087 | help | | 地库B1-087 | 车打不着火
1栋2单元301王女士说楼上装修太吵 | 1-2-301 | complaint | | | 楼上装修太吵
sxl 投诉保安态度差 | A-1201 | complaint | | | 投诉保安态度差
李静投诉 1-2-401 半夜敲墙 | 3-2-501 | complaint | | 1栋2单元401 | 投诉 1-2-401 半夜敲墙
保洁阿姨说话难听 | | complaint | | | 保洁阿姨说话难听
1-2-301 火锅店油烟太大 | 1-2-301 | complaint | | | 火锅店油烟太大
施工 太吵 | | complaint | | | 施工 太吵
3栋门口垃圾没人清 | | complaint | | 3栋门口 | 3栋门口垃圾没人清
A座1201 邻居遛狗不牵绳 | A-1201 | complaint | | | 邻居遛狗不牵绳
李姐 问物业费 | 3-2-501 5-1-1202 | enquiry | | | 问物业费
3-2-501 您好 我想问下停车费多少钱一个月 | 3-2-501 | enquiry | | | 您好 我想问下停车费多少钱一个月
10栋101欧阳女士问装修几点能开工 | 10-1-101 | enquiry | | | 问装修几点能开工
1-2-301 问明天停电吗 | 1-2-301 | enquiry | | | 问明天停电吗
S-12 燃气费怎么交 | S-12 | enquiry | | | 燃气费怎么交
3栋停水什么时候来水 | | enquiry | | 3栋 | 3栋停水什么时候来水
装修要办什么手续 | | enquiry | | | 装修要办什么手续
A座1201 凭什么物业费又涨了 | A-1201 | challenge | | | 凭什么物业费又涨了
为什么物业费收支没公示 | | challenge | | | 为什么物业费收支没公示
质疑公共收益去向 | | challenge | | | 质疑公共收益去向
1-2-301 地面停车收费不合理 | 1-2-301 | challenge | | | 地面停车收费不合理
建议在6栋加装充电桩 | | suggestion | | 6栋 | 建议在6栋加装充电桩
希望小区多放几个分类垃圾桶 | | suggestion | | | 希望小区多放几个分类垃圾桶
灭火器过期了,建议更换 | | suggestion | | | 灭火器过期了,建议更换
能不能加个快递柜 | | suggestion | | | 能不能加个快递柜
你好我是3栋2单元501的，家里没水了 | 3-2-501 | repair | | 3栋2单元501 | 家里没水了
1栋二单元三零一厨房漏水 | 1-2-301 | repair | 漏水 | 1栋2单元301 | 厨房漏水
1-2-301 停车位被占 | 1-2-301 | complaint | | | 停车位被占
6栋大堂 地滑摔了一跤 | | help | | 6栋大堂 | 6栋大堂 地滑摔了一跤
电梯广告收入去哪了 | | challenge | | 电梯 | 电梯广告收入去哪了
感谢保安小刘拾金不昧 | | | | | 感谢保安小刘拾金不昧
1-2-301 Pipe leak in the kitchen | 1-2-301 | repair | leak | 1栋2单元301 | Pipe leak in the kitchen
A-1201 neighbours are too loud | A-1201 | complaint | | | neighbours are too loud
how much is the parking fee | | enquiry | | | how much is the parking fee
9-9-999 漏水 | | repair | 漏水 | 9栋9单元999 | 漏水
我是1-2-301的业主,楼下1-2-401投诉我们太吵 | 1-2-301 | complaint | | 1栋2单元401 | 楼下1-2-401投诉我们太吵
13800001234 1-2-401 漏水 | 1-2-401 1-2-301 | repair | 漏水 | 1栋2单元401 | 漏水
13800001234 王女士 1-2-401 漏水 | 1-2-301 | repair | 漏水 | 1栋2单元401 | 漏水
13800001234 楼上1-2-401漏水到我家 | 1-2-301 | repair | 漏水 | 1栋2单元401 | 楼上1-2-401漏水到我家
1-2-301楼上脚步声太吵 | 1-2-301 | complaint | | | 楼上脚步声太吵
1-2-301次卧天花板滴水 | 1-2-301 | repair | 天花板滴水 | 1栋2单元301 | 次卧天花板滴水
1-2-301 | 1-2-301 | | | |
李静 | 3-2-501 | | | |
你好 | | | | | 你好
"""
TABLE = [tuple(cell.strip() for cell in line.split("|")) for line in LINES.strip().splitlines()]


def test_the_table_is_as_long_as_a_busy_day() -> None:
    assert len(TABLE) >= 60


@pytest.mark.parametrize(("line", "rooms", "kind", "word", "place", "summary"), TABLE, ids=[row[0] for row in TABLE])
def test_what_a_line_proposes(line: str, rooms: str, kind: str, word: str, place: str, summary: str) -> None:
    read = read_line(line, DIRECTORY)
    assert [each.id for each in read.households] == rooms.split()
    assert (read.kind, read.emergency_word, read.place, read.summary) == (kind, word, place, summary)
    assert read.emergency is bool(word)
    assert bool(read.questions) is bool(word)


def test_the_words_that_speak_for_a_kind_are_told() -> None:
    read = read_line("1-2-301 投诉楼上装修,凭什么周末还打钻", DIRECTORY)
    assert [(each.kind, each.words) for each in read.kinds][:2] == [
        ("complaint", ("投诉", "楼上", "装修", "打钻")),
        ("challenge", ("凭什么",)),
    ]


def test_a_household_is_settled_by_a_room_and_never_by_a_surname() -> None:
    assert (settled := read_line("1-2-301 漏水", DIRECTORY).household) is not None
    assert settled.name == "王敏"
    assert read_line("陈工 道闸坏了", DIRECTORY).household is None
    assert read_line("陈工 道闸坏了", DIRECTORY).found_by == "surname"
    assert read_line("7-1202 水龙头坏了", DIRECTORY).household is None


def test_a_room_off_the_roll_is_named() -> None:
    assert read_line("9-9-999 漏水", DIRECTORY).unlisted == ("9栋9单元999",)
    assert read_line("1-2-301 漏水", DIRECTORY).unlisted == ()


def test_name_and_telephone_are_as_the_line_gives_them() -> None:
    read = read_line("王女士 １３９００００００００ 1-2-301 漏水", DIRECTORY)
    assert (read.name, read.phone) == ("王女士", "13900000000")
    assert [each.id for each in read.households] == ["1-2-301"]


def test_the_topic_of_the_longest_word_is_proposed() -> None:
    assert read_line("问物业费", DIRECTORY, TOPICS).topic == "property-fee"
    assert read_line("装修时间和停车费", DIRECTORY, TOPICS).topic == "renovation"
    assert read_line("漏水", DIRECTORY, TOPICS).topic == ""


def test_an_emergency_asks_only_what_is_not_known() -> None:
    known = [str(each) for each in read_line("1-2-301 着火了", DIRECTORY).questions]
    assert known == ["什么在烧,楼里的人能不能下来?", "涉及几个人?", "有没有人受伤?", "119 打了没有?"]
    unknown = [str(each) for each in read_line("着火了", DIRECTORY).questions]
    assert unknown[0] == "具体在哪里(栋、单元、层)?"
    assert "回拨号码是多少?" in unknown
    injured = [str(each) for each in read_line("打架,有人流血", DIRECTORY).questions]
    assert "有没有人受伤?" not in injured
    assert injured[-1] == "120、110 打了没有?"
    assert str(read_line("漏水", DIRECTORY).questions[-1]) == "119、120、110 打了没有?"


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        *(
            ("冒烟了", "fire"),
            ("困人", "trapped"),
            ("爆管", "water"),
            ("跑水", "water"),
            ("漏水", "water"),
            ("燃气", "gas"),
        ),
        *(("停电", "power"), ("断电", "power"), ("高空坠物", "falling"), ("触电", "shock"), ("斗殴", "fight")),
        *(
            ("People trapped", "trapped"),
            ("楼上火很大", "fire"),
            ("突发火灾", "fire"),
            ("电表箱冒火星", "fire"),
            ("火大了快来", "fire"),
            ("有人放火", "fire"),
        ),
        *(("怎么会停电了", "power"), ("有人偷电动车", "theft"), ("老人心脏不舒服", "injured"), ("水管漏了", "water")),
        *(("受伤", "injured"), ("突发急病", "injured"), ("被盗", "theft"), ("失火", "fire")),
    ],
)
def test_every_sign_is_heard(text: str, sign: str) -> None:
    assert alarms_heard(text)[0].sign.name == sign


@pytest.mark.parametrize(
    "text",
    [
        *(
            "灭火器过期",
            "火锅味",
            "看到停电通知",
            "防盗门坏",
            "燃气费怎么交",
            "消防通道被占",
            "我很恼火",
            "贫困补助",
            "被打扰",
        ),
        *("落水管堵了", "偷偷停车", "集中风险排查", "饭店生意火爆", "心脏支架", "自己动手装的"),
        *("喷水池脏", "防火门关不上", "保洁在打扫", "手机没电了", "漏电保护器换新", "打不着火"),
    ],
)
def test_words_that_only_look_like_one_are_none(text: str) -> None:
    assert alarms_heard(text) == ()


def test_the_word_lists_hold_nothing_twice_and_nothing_idle() -> None:
    data = tomllib.loads(files("qiantai").joinpath("intake_words.toml").read_text(encoding="utf-8"))
    assert set(data["kinds"]) == {"complaint", "suggestion", "enquiry", "challenge", "help", "repair"}
    for kind, lists in data["kinds"].items():
        words = [word for each in ("names", "words", "hints") for word in lists[each]]
        assert len(words) == len(set(words)), kind
    for name, row in data["signs"].items():
        assert row["kind"] in ("repair", "help")
        assert len(row["words"]) == len(set(row["words"])), name
        idle = [phrase for phrase in row["ignore"] if not any(word in phrase for word in row["words"])]
        assert not idle, f"{name}: {idle} hide no word"
        hidden = [word for word in row["words"] if any(phrase in word for phrase in row["ignore"])]
        assert not hidden, f"{name}: {hidden} can never be heard"


def test_a_harmless_word_does_not_hide_a_real_one() -> None:
    assert [each.word for each in alarms_heard("灭火器拿来,着火了")] == ["火"]


@given(st.text(max_size=60))
def test_any_line_is_read(line: str) -> None:
    read = read_line(line, DIRECTORY, TOPICS)
    assert read.line == line
    assert len(read.summary) <= len(line)


def test_a_kind_besides_the_six_is_heard_by_its_names() -> None:
    called = {"parcel": ("代收", "快递")}
    read = read_line("1-2-301 顺丰快递一件", DIRECTORY, called=called)
    assert (read.kind, read.kinds[0].words) == ("parcel", ("快递",))
    assert read_line("1-2-301 顺丰快递一件", DIRECTORY).kind != "parcel"
    assert read_line("电梯困人,快递员也在里面", DIRECTORY, called=called).kind == "repair", "an emergency goes first"
    assert read_line("1-2-301 漏水", DIRECTORY, called={"parcel": ()}).kind == "repair"
