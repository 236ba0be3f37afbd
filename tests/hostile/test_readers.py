"""Every reader of what comes from outside, given bytes that are nearly its own, and all that once broke one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.fuzz.seeds import seeds
from tools.fuzz.targets import TARGETS

from qiantai import MemoryStore
from qiantai.exported import Export
from qiantai.exporting import Heading, export_lines
from qiantai.testing.happenings import NINE
from qiantai.words import Bilingual
from qiantai_tui.backups.restoring import take_in
from qiantai_tui.sites.files import SiteError, template
from tests.hostile.bytes import nearly

SEEDS = seeds()
readers = pytest.mark.parametrize("name", TARGETS)


@readers
def test_what_is_its_own_and_what_once_broke_it(name: str) -> None:
    assert len(SEEDS[name]) > 2
    for data in SEEDS[name]:
        TARGETS[name](data)


@readers
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
@given(data=st.data())
def test_what_is_nearly_its_own(name: str, data: st.DataObject) -> None:
    TARGETS[name](data.draw(nearly(SEEDS[name])))


@readers
@settings(max_examples=30)
@given(data=st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", ["../site.toml", "a/b.toml", "open.json", "sign_in.json", "", ".", "lock"])
def test_an_export_brings_no_file_but_a_sites_own(name: str, tmp_path: Path) -> None:
    heading = Heading(Bilingual("阳光花园", "Sunshine Garden"), NINE, "li")
    written = list(export_lines(MemoryStore(), heading, {"site.toml": template("own"), name: "x"}))
    with pytest.raises(SiteError):
        take_in(Export(lambda: written), tmp_path / "site")
    assert list(tmp_path.iterdir()) == []
