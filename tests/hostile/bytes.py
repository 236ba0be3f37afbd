"""Bytes that are nearly those of a file of the project's own."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

TOKENS = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b]52;c;AAAA\x07", b"\xc2\x9b", b"\xe2\x80\xae", b"\\ud800"),
    *(b'"', b"'", b"\n", b"\r", b"[]", b"{}", b"[" * 500, b"{" * 500, b"a.b.c", b"../../../x", b"=1+1"),
    *(b"0x" + b"f" * 4000, b"9" * 5000, b"1e999", b"nan", b"-0", b"true", b"null"),
    *(b"0001-01-01", b"9999-12-31T23:59:59-12:00", b"PK\x03\x04", b"<!DOCTYPE a>"),
)
"""What a reader might stumble over."""


@st.composite
def nearly(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds with a few places cut out, doubled, or with something else in them."""
    data = draw(st.sampled_from(list(seeds)))
    for _ in range(draw(st.integers(0, 4))):
        begin = draw(st.integers(0, len(data)))
        end = min(len(data), begin + draw(st.integers(0, 40)))
        put = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=8), st.just(data[begin:end] * 2)))
        data = data[:begin] + put + data[end:]
    return data
