"""The files that desks hand to their browsers: each once, to the browser it was for, and whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from urllib.parse import quote

from attrs import frozen
from textual_serve.download_manager import Download, DownloadManager

CHUNK = 1 << 16
PATIENCE = 15.0
"""Seconds that a desk has for the next piece."""


class Cut(Exception):
    """A desk that ended, or said nothing, before its file was whole."""


@frozen
class Offered:
    """A file that is to be had."""

    key: str
    name: str

    @property
    def disposition(self) -> str:
        """How a browser is told to keep it and by what name; never to show it as a page of the desk's own."""
        return f"attachment; filename*=UTF-8''{quote(self.name, safe='')}"


class Downloads(DownloadManager):
    """textual-serve's own, with an owner, one use, and an end that tells a cut file from a whole one."""

    def __init__(self) -> None:
        super().__init__()
        self._begun: set[str] = set()

    def begin(self, key: str, visit: int) -> Offered | None:
        """The file of that key, from now on nobody's else; None where there is none for this visit."""
        found = self._active_downloads.get(key)
        if found is None or key in self._begun or getattr(found.app_service, "visit", None) != visit:
            return None
        self._begun.add(key)
        return Offered(key, found.file_name)

    async def download(self, delivery_key: str) -> AsyncGenerator[bytes, None]:
        """The file piece by piece. Raises `Cut`."""
        offered = self._active_downloads[delivery_key]
        try:
            while piece := await self._next(offered):
                yield piece
        finally:
            self._begun.discard(delivery_key)
            self._active_downloads.pop(delivery_key, None)

    async def _next(self, offered: Download) -> bytes:
        wanted: dict[str, str | int | bool | None] = {
            "type": "deliver_chunk_request",
            "key": offered.delivery_key,
            "size": CHUNK,
            "name": offered.name,
        }
        if not await offered.app_service.send_meta(wanted):
            raise Cut
        try:
            piece = await asyncio.wait_for(offered.incoming_chunks.get(), PATIENCE)
        except TimeoutError:
            raise Cut from None
        if piece is None:
            raise Cut
        return piece

    async def cancel_app_downloads(self, app_service_id: str) -> None:
        """A desk ends: what goes on is cut, what it offered is no more to be had."""
        await super().cancel_app_downloads(app_service_id)
        for key, each in tuple(self._active_downloads.items()):
            if each.app_service.app_service_id == app_service_id and key not in self._begun:
                del self._active_downloads[key]
