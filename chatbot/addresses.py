"""Origins and networks as an operator writes them -> one exact form. Raises ValueError saying how to write them."""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = "write scheme and host alone, such as https://intranet.example.org or http://localhost:8080"


def origin_of(text: str) -> str:
    """The origin as browsers send it: lower case, names in ASCII, without the port that its scheme has anyway.

    Raises ValueError for a path, a wildcard, an account or a scheme other than http and https.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode()
    except (ValueError, UnicodeError) as error:
        raise ValueError(f"{text!r} is no origin; {_ORIGIN}") from error
    named = all(letter.isalnum() or letter in ".-:_" for letter in host)
    rest = parts.path.removesuffix("/") or parts.query or parts.fragment or parts.username or "@" in parts.netloc
    if parts.scheme not in _DEFAULT_PORTS or not host or not named or rest:
        raise ValueError(f"{text!r} is no origin; {_ORIGIN}")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def network_of(text: str) -> str:
    """An address or network, such as 10.0.0.7 or 10.0.0.0/8, in its usual form."""
    try:
        return str(ipaddress.ip_network(text.strip()))
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no address or network ({error}); write one such as 10.0.0.7 or 10.0.0.0/8"
        ) from error


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The networks of a setting that was checked."""
    return tuple(ipaddress.ip_network(text) for text in texts)


def is_within(address: str, listed: Iterable[Network]) -> bool:
    """Is the address in one of the networks? What is no address is in none."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in listed)
