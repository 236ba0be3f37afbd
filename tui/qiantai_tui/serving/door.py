"""Who is let in to a desk that is served: one-time links, the password, and the visits that come of them."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from itertools import count

from attrs import frozen

from ..sign_in.book import Known

LINK_GOOD_FOR = timedelta(minutes=10)
VISIT_GOOD_FOR = timedelta(hours=12)
"""A shift, with something over; then the way in is asked for again, and the PIN at the desk besides."""
MOST_VISITS, MOST_ADDRESSES = 100, 1000
_BYTES = 32


@frozen
class Visit:
    """Somebody who was let in, until then; the number tells visits apart and is no secret."""

    number: int
    until: datetime


class Door:
    """Gives out links and visits. Neither a link nor what a browser shows for a visit is kept, only their digests."""

    def __init__(self) -> None:
        self._links: dict[str, datetime] = {}
        self._visits: OrderedDict[str, Visit] = OrderedDict()
        self._numbers = count(1)

    def link(self, at: datetime) -> str:
        """A new one-time token; one that was given out before and not used is good no more."""
        token = secrets.token_urlsafe(_BYTES)
        self._links = {_digest(token): at + LINK_GOOD_FOR}
        return token

    def by_link(self, token: str, at: datetime) -> str | None:
        """What the browser is to show from now on; None where the token was used, has run out or never was."""
        until = self._links.pop(_digest(token), None)
        return None if until is None or at >= until else self.let_in(at)

    def let_in(self, at: datetime) -> str:
        """What the browser of somebody who may come in is to show; of very many visits the oldest ends."""
        shown = secrets.token_urlsafe(_BYTES)
        while len(self._visits) >= MOST_VISITS:
            self._visits.popitem(last=False)
        self._visits[_digest(shown)] = Visit(next(self._numbers), at + VISIT_GOOD_FOR)
        return shown

    def known(self, shown: str, at: datetime) -> Visit | None:
        """The visit that a browser shows; None where there is none such, or no more."""
        visit = self._visits.get(_digest(shown))
        return None if visit is None or at >= visit.until else visit


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


class Tries:
    """Passwords tried in vain, by where they came from: each costs more time, as a wrong PIN does."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def left(self, address: str, at: datetime) -> timedelta:
        """How long the next try from there has to wait yet; nothing where it need not."""
        free = self._known.get(_place(address), Known()).free_at()
        return max(free - at, timedelta()) if free else timedelta()

    def count(self, address: str, at: datetime) -> None:
        """Counts a try; before it is looked at, so that many at once are no way round."""
        place = _place(address)
        known = self._known.pop(place, Known())
        while len(self._known) >= MOST_ADDRESSES:
            self._known.popitem(last=False)
        self._known[place] = Known(failed=known.failed + 1, last=at)

    def forget(self, address: str) -> None:
        """The try was right."""
        self._known.pop(_place(address), None)


def _place(address: str) -> str:
    """One place for all the addresses that one subscriber has: of IPv6 the first 64 bits."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    match found:
        case IPv6Address() if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        case IPv6Address():
            return str(ip_network((found, 64), strict=False))
        case _:
            return str(found)
