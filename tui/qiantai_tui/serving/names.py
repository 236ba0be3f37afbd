"""By what names browsers may ask for a served desk, and from what pages: nothing else is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address

from attrs import frozen

from qiantai.words import Bilingual

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_ELSEWHERE = ("cross-site", "same-site")
_PORTS = {"http": 80, "https": 443}
WRONG_NAME = Bilingual(
    "这个地址不是本前台的。可行:用打印出来的链接里的地址;要用别的名字,开前台时用 --name 给出",
    "This is not a name of this desk. What would do: the address of the link that was printed; for another name, "
    "--name when the desk is served",
)
FOREIGN = Bilingual(
    "这个请求来自别的网页,没有理会。可行:自己打开前台的地址",
    "This came from another page, and was not done. What would do: open the desk's address yourself",
)


def written(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_everywhere(host: str) -> bool:
    """Whether it stands for all addresses of this machine, and so is the name of none."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return not host


@frozen
class Names:
    """The scheme and the names, each with its port, of one served desk."""

    scheme: str
    port: int
    hosts: frozenset[str]

    @classmethod
    def of(cls, scheme: str, port: int, address: str, names: Iterable[str]) -> Names:
        """Loopback, the address that is listened at where it is one, and the names that were given."""
        every = {*LOOPBACK, *map(written, names), *(() if is_everywhere(address) else (written(address),))}
        with_port = {f"{each}:{port}" for each in every}
        return cls(scheme, port, frozenset(with_port | every if port == _PORTS[scheme] else with_port))

    def wrong(self, headers: Mapping[str, str], *, must_say: bool, may_lead_here: bool) -> Bilingual | None:
        """Why a request with these headers is not answered; None where it is.

        A rebound DNS name has another host; another page tells itself by its origin. `must_say` asks for an origin,
        which every browser sends with a websocket and a form. `may_lead_here` lets a link on another page lead here.
        """
        host = headers.get("Host", "").lower()
        if host not in self.hosts:
            return WRONG_NAME
        origin, site = headers.get("Origin"), headers.get("Sec-Fetch-Site", "none")
        if origin is None and must_say:
            return FOREIGN
        if origin is not None and origin.lower() != f"{self.scheme}://{host}":
            return FOREIGN
        if site in _ELSEWHERE and not (may_lead_here and headers.get("Sec-Fetch-Mode") == "navigate"):
            return FOREIGN
        return None

    @staticmethod
    def led_here(headers: Mapping[str, str]) -> bool:
        """Whether a link on another page has led here."""
        return headers.get("Sec-Fetch-Site") in _ELSEWHERE
