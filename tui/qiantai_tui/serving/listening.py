"""The one port that a served desk opens, and its certificate."""

from __future__ import annotations

import errno
import os
import socket
import ssl

from qiantai.words import Bilingual

from ..sites.files import SiteError
from .terms import Terms

NO_PORT = Bilingual(
    "{address} 的 {port} 端口开不了:{why}。可行:换一个端口(--port)",
    "port {port} of {address} cannot be had: {why}. What would do: another port (--port)",
)
NO_ADDRESS = Bilingual(
    "这台电脑没有 {address} 这个地址:{why}。可行:--listen 后写这台电脑自己的地址,或 0.0.0.0",
    "this machine has no address {address}: {why}. What would do: --listen with one of its own, or 0.0.0.0",
)
NO_TLS = Bilingual(
    "证书或私钥读不了:{why}。可行:给出 PEM 格式的证书链,和没有口令的私钥",
    "the certificate or its key cannot be read: {why}. What would do: a chain of certificates, and a key without a "
    "passphrase, both as PEM",
)


def bound_to(terms: Terms) -> socket.socket:
    """The port, ours from now on. Raises `SiteError` where it cannot be had."""
    words = NO_ADDRESS
    try:
        family, *_, address = socket.getaddrinfo(
            terms.address or None, terms.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        words = NO_PORT
        return socket.create_server(address, family=family)
    except (OSError, UnicodeError) as error:
        number = getattr(error, "errno", None) or 0
        if number == errno.EADDRNOTAVAIL:
            words = NO_ADDRESS
        why = os.strerror(number) if number in errno.errorcode else str(error)
        raise SiteError(words.format(address=terms.address, port=terms.port, why=why)) from error


def tls_of(terms: Terms) -> ssl.SSLContext | None:
    """What the certificate makes; None without one. Raises `SiteError` where it cannot be read."""
    if terms.tls is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(*terms.tls, password="")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise SiteError(NO_TLS.format(why=why)) from error
    return context
