"""What a clerk escalates is seen by the superior: in the queue, beside it and on the case, until it is taken back."""

from __future__ import annotations

import pytest

from qiantai_tui.text.words import Language
from tests.tui.desk_driver import at_the_desk


@pytest.mark.parametrize(("language", "name"), [("zh", "升级"), ("en", "Escalate")])
async def test_the_superior_sees_what_was_escalated_by_whom_and_why(language: Language, name: str) -> None:
    async with at_the_desk("lin", language=language) as desk:
        number = desk.receive(kind="suggestion", household="1-2-301", summary="大堂加雨伞架")
        assert "↑ 大堂" not in desk.screen
        desk.give(number, "escalate", "li", reason="催得急,回电 13812345678")
        await desk.pilot.pause()
        assert "↑ 大堂" in desk.screen
        await desk.press("enter")
        case = desk.screen
        for said in (name, "09:31 李静 催得急", "138****5678"):
            assert said in case
        assert "13812345678" not in case


async def test_what_is_taken_back_was_not_escalated() -> None:
    async with at_the_desk("li") as desk:
        desk.receive(kind="suggestion", household="1-2-301", summary="大堂加雨伞架")
        await desk.pilot.pause()
        await desk.press("ctrl+g")
        await desk.type("催得急")
        await desk.press("enter")
        assert "↑ 大堂" in desk.screen
        await desk.press("ctrl+z")
        assert "↑ 大堂" not in desk.screen
