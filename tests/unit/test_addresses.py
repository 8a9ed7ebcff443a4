"""Origins and networks have one exact form, and what is none is told with how to write it."""

import pytest

from chatbot.addresses import is_within, network_of, networks, origin_of


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://intranet.example.org", "https://intranet.example.org"),
        ("HTTPS://Intranet.Example.ORG:443/", "https://intranet.example.org"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://a.example:80", "http://a.example"),
        ("http://a.example:443", "http://a.example:443"),
    ],
)
def test_an_origin_has_one_form(text: str, origin: str) -> None:
    """However it is written, an origin is what a browser sends of it."""
    assert origin_of(text) == origin
    assert origin_of(origin) == origin


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "null",
            "*",
            "https://",
            "https://*.example.org",
            "https://a.example/x",
            "https://a.example?x",
            "ftp://a.example",
        ),
        *(
            "a.example",
            "//a.example",
            "https://a.example#x",
            "https://a@b.example",
            "https://@b.example",
            "https://a b.example",
        ),
        *(
            "https://a.example;script-src",
            "https://a.example'",
            "https://a.example:x",
            "https://[::1",
            "javascript:alert(1)",
        ),
        "https://a.example\r\nX-Evil: 1",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    """Whatever could mean more than one origin, or more than an origin in a header, is refused with an example."""
    with pytest.raises(ValueError, match="such as https:"):
        origin_of(text)


def test_a_network_has_one_form() -> None:
    """An address alone is the network of itself."""
    assert (network_of(" 10.0.0.7 "), network_of("10.0.0.0/8"), network_of("::1")) == (
        "10.0.0.7/32",
        "10.0.0.0/8",
        "::1/128",
    )


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("11.0.0.1", False),
        ("::1", True),
        ("::2", False),
        ("", False),
        ("unix:", False),
        ("10.1.2.3, 1.1.1.1", False),
    ],
)
def test_an_address_is_in_a_network_or_not(address: str, found: bool) -> None:
    """Also when it is written as IPv6, and when it is no address at all."""
    assert is_within(address, networks(("10.0.0.0/8", "::1/128"))) is found
