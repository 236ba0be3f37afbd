"""Sites on a disk, with a day's cases behind them, for the tests of backups and exports."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qiantai import Case, Done, Household, Look, Refusal
from qiantai.periods import ZONE
from qiantai_tui.sites.site import Site, make_site, open_site

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
WANG = Household("1-2-301", "王敏", "13800001234", "wangmin@example.com", important=True)


def a_site(folder: Path, at: datetime = NOON) -> Path:
    """A site of one's own with a roll, an open and a closed case, something erased, and a look on record."""
    make_site(folder)
    (folder / "settings.toml").write_text("sign_in = false\n", encoding="utf-8")
    with open_site(folder, lambda: at) as site:
        site.desk.store.keep_households([WANG])
        with site.reread() as again:
            leak(again, "厨房漏水")
            number = leak(again, "阳台漏水").number
            done(again.desk.do(number, "withdraw", "desk1", reason="自己修好了"))
            done(again.desk.erase(number, "head", "phone", reason="业主要求"))
            again.desk.store.record(Look(at, "desk1", "phone", number))
    return folder


def leak(site: Site, summary: str) -> Case:
    """A leak that is taken in."""
    facts = {"channel": "phone", "household": WANG.id, "phone": WANG.phone, "summary": summary, "emergency": False}
    return done(site.desk.receive("desk1", kind="repair", **facts)).case


def done(answer: Done | Refusal) -> Done:
    """What was carried out."""
    assert isinstance(answer, Done), answer
    return answer


def another_case(folder: Path, at: datetime, summary: str = "楼道灯不亮") -> str:
    """Takes in one more case there; gives its number."""
    with open_site(folder, lambda: at) as site:
        return leak(site, summary).number
