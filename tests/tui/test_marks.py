"""What is marked at a hand-over before anybody signs, and what of it goes on with the next one."""

from __future__ import annotations

from pathlib import Path

from qiantai_tui.shift.marks import Marks
from qiantai_tui.sites.draft_book import DraftBook


def test_the_notes_go_over_to_the_next_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    before = Marks(DraftBook(file), "li")
    before.write("钥匙在左边抽屉")
    before.stay("BX-20261123-001", stays=True)
    before.decline("BX-20261123-002", "不归我")
    before.go_over_to(3)
    kept = DraftBook(file)
    after = Marks(kept, "li", 3)
    assert (after.notes, after.staying, dict(after.declining)) == ("钥匙在左边抽屉", frozenset(), {})
    assert kept.names() == ("hand_over:li:3",)
    after.write("")
    after.go_over_to()
    assert DraftBook(file).names() == (), "where nothing was written nothing goes over"
