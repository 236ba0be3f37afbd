"""The table of the kernel's public names, from their docstrings, for the pages on embedding."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import qiantai
from tools.markdown import table

KERNEL = Path(qiantai.__file__).parent
CITED = re.compile(r"\b(?:[A-Z]-[A-Z]?[0-9]+(?:\.[0-9]+)*[a-z]?[0-9]?)\b")

ZH: Mapping[str, str] = {
    "LIMITS": "内核自己的时限标准,按键:条款、默认值、能否放宽",
    "ZONE": "各项目的时区;前台时间、日历和到期都按它",
    "Anchor": "某一时刻全部经过的长度和封印,另存在别处",
    "Audit": "一次核对的结果:读了多少,有几处不对,最先的几处",
    "Bilingual": "一句话或一个标签,中英文各一",
    "Break": "经过在哪里、怎样与封存的不同",
    "Calendar": "每一天上不上班:有通知的年份按通知,没有的按周末",
    "Case": "一件事项,从受理到归档",
    "Channel": "一句话经什么途径来去",
    "Clause": "一条条款,按编号",
    "Command": "有人要对一件事项做什么",
    "Conflict": "事项已被别人往前办了,什么也没写",
    "Damaged": "存的不是当初写的;说出在哪里,什么也没动",
    "Desk": "受理事项、执行指令,先存妥再回答;内核的门面",
    "Done": "办成并存妥的一条指令:现在的事项,和它的事件",
    "Duty": "一项时限义务:谁必须做什么,依据哪条,到什么时候",
    "Event": "一件事项上发生的一件事",
    "Handbook": "规则要查的一切,是一个值:要改就另做一份",
    "Head": "一段经过有多长,最后的封印是什么",
    "Hours": "前台每天几点开、几点关",
    "Household": "花名册里的一户,按房号",
    "Locked": "别的程序占着存储",
    "Look": "查看档案或导出的一次记录:谁、何时、看了什么",
    "MemoryStore": "都在内存里,给测试、演练和不保存的嵌入者用",
    "Period": "一段时间:钟点上的分、时、日,或工作日",
    "Person": "一名员工:编号、姓名、岗位;区域主任还有片区",
    "Policy": "全部时限标准的一个版本:从哪天起、谁定的、何时报备",
    "PolicyRefused": "比条款宽的标准,或者读不懂的键和值",
    "Refusal": "没有执行的指令和原因;什么也没改变",
    "Residents": "业户可以要求的:复制件、更正、抹除,和到期的;都先留痕",
    "Retention": "保存期限的一个版本:每一类多久,从哪天起、谁定的",
    "Role": "一个人在项目里的岗位,可以有几个",
    "Script": "统一口径的一个版本,首尾两天都算在内",
    "Spot": "经过里的一处原话:哪一步、哪一项",
    "Status": "一项时限义务现在怎样",
    "Store": "前台要存储做到的;方法返回之前都已存妥",
    "StoreError": "存储没做成的事,中英文各说一句;已确认的不会丢",
    "Term": "按日历的一段时间:年、月、日",
    "UnknownCase": "没有这个单号",
    "UnknownClause": "没有这个编号的条款",
    "Unreachable": "存储的服务器连不上,或中途断了;why 说明这一步怎样了",
    "Unwritable": "磁盘没写进去,这一步什么也没留下",
    "__version__": "软件包的版本",
    "anchor_in": "普通数据所说的锚点",
    "anchor_out": "锚点变成的普通数据,连同摘要",
    "audit": "核对存储里的每一件事项,和锚点",
    "change_policy": "改几项标准,得到一个新版本",
    "clauses": "全部条款,按文件的顺序,再是插件带来的",
    "decide": "一条指令的结果:事件,或者拒绝",
    "erase": "抹除之后的经过,或者拒绝",
    "evolve": "再加一个事件之后的事项",
    "fold": "一件事项的全部事件合成的事项",
    "label": "一个名字的中英文标签",
    "national": "全国的日历,软件包里有通知的那些年",
    "offers": "这个人现在能给的指令",
    "Seat": "一个人坐到前台:给他看的是他能看的,号码打码,看档案留痕",
    "UnknownPerson": "员工里没有这个 id",
    "sealed": "封在上一步之后的事件",
    "spots": "经过里还在的原话,按名字",
    "verify": "一段经过里第一处与封存不同的地方",
    "left_out": "事件的指令留下哪些关联的事项,各为什么",
    "others_of": "一道指令还会办到的其他事项",
}
"""What each name is, in Chinese; the English is the first sentence of its docstring."""


def documentation() -> Mapping[str, str]:
    """The docstring of every public name, of values the text under their assignment; empty where there is none."""
    values = dict(_of_values())
    found = {name: getattr(qiantai, name) for name in qiantai.__all__}
    return {
        name: (inspect.getdoc(of) if callable(of) else values.get(name, "")) or ""
        for name, of in sorted(found.items(), key=lambda each: each[0].lower())
    }


def _of_values() -> Iterator[tuple[str, str]]:
    for path in sorted(KERNEL.glob("*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for given, said in pairwise(body):
            match given, said:
                case (
                    ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)),
                    ast.Expr(ast.Constant(str(text))),
                ):
                    yield name, text


def names(language: str) -> str:
    """The table: each name, what it is, and the clauses that its docstring cites."""
    heads = ("名字", "是什么", "条款") if language == "zh" else ("name", "what it is", "clauses")
    rows: list[tuple[str, str, str]] = []
    for name, text in documentation().items():
        cited = " ".join(dict.fromkeys(CITED.findall(re.sub(r"`[^`]*`", "", text))))
        rows.append((f"`{name}`", ZH[name] if language == "zh" else _first(text), cited or "–"))
    return table(heads, rows)


def _first(text: str) -> str:
    """The first sentence, without the clauses it cites."""
    sentence = re.split(r"(?<=[.;])\s", " ".join(text.split("\n\n")[0].split()))[0].rstrip(".;")
    return re.sub(r"\s*[\[(][A-Z]-[^\])]*[\])]", "", sentence)


BLOCKS: Mapping[str, Callable[[str], str]] = {"names": names}
"""The generated block of the pages on embedding."""
