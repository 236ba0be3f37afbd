"""The one port that a served desk opens, and its certificate."""

from __future__ import annotations

import socket
import ssl

from qiantai.words import Bilingual

from ..sites.files import SiteError
from .terms import Terms

NO_PORT = Bilingual(
    "{address} 的 {port} 端口开不了:{why}。可行:换一个端口(--port)",
    "port {port} of {address} cannot be had: {why}. What would do: another port (--port)",
)
NO_TLS = Bilingual(
    "证书或私钥读不了:{why}。可行:给出 PEM 格式的证书链,和没有口令的私钥",
    "the certificate or its key cannot be read: {why}. What would do: a chain of certificates, and a key without a "
    "passphrase, both as PEM",
)


def bound_to(terms: Terms) -> socket.socket:
    """The port, ours from now on. Raises `SiteError` where it cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(
            terms.address or None, terms.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address, family=family)
    except OSError as error:
        why = error.strerror or str(error)
        raise SiteError(NO_PORT.format(address=terms.address, port=terms.port, why=why)) from error


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
