"""No spelling of a private address gets past the guard."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overt.model import FetchError
from overt.net import check_ip, check_url, is_public

REFUSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1./",
    "http://127.000.000.001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://printer.local/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://100.100.100.200/",
    "http://[fd00:ec2::254]/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://198.18.0.1/",
    "http://203.0.113.7/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001::1]/",
    "http://[2001:db8::1]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fec0::1]/",
    "http://[fc00::1]/",
    "http://[ff02::1]/",
    "http://１２７.０.０.１/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://user@example.org/",
    "http://user:word@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org\\@127.0.0.1/",
    "http://127.0.0.1\t/",
    " http://127.0.0.1/",
    "http://exam\nple.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "//example.org/",
    "example.org",
    "http://",
    "http:///path",
    "http://.example.org/",
    "http://example..org/",
    "http://[::1/",
    "http://example.org:99999/",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_refused(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(address, ())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://example.org/", "example.org", 443),
        ("HTTP://EXAMPLE.ORG:8080/a?b#c", "example.org", 8080),
        ("http://8.8.8.8/", "8.8.8.8", 80),
        ("https://[2606:4700::1111]/", "2606:4700::1111", 443),
        ("http://bücher.example/", "xn--bcher-kva.example", 80),
        ("https://例子.测试/", "xn--fsqu00a.xn--0zwm56d", 443),
    ],
)
def test_public_addresses_pass(address: str, host: str, port: int) -> None:
    target = check_url(address, ())
    assert (target.host, target.port, target.permitted) == (host, port, False)


def test_a_permit_opens_one_host_by_name_and_no_other_spelling() -> None:
    assert check_url("http://127.0.0.1:5000/", {"127.0.0.1"}).permitted
    assert check_url("http://127.0.0.1:5000/", {"127.0.0.1:5000"}).permitted
    for address in ("http://127.1/", "http://localhost/", "http://127.0.0.2/", "http://[::1]/"):
        with pytest.raises(FetchError):
            check_url(address, {"127.0.0.1"})
    with pytest.raises(FetchError):
        check_url("http://127.0.0.1:80/", {"127.0.0.1:5000"})


def test_a_name_that_resolves_to_a_private_address_is_refused_unless_the_name_is_permitted() -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        check_ip("10.0.0.1", "example.org", permitted=False)
    assert check_ip("10.0.0.1", "wiki.internal", permitted=True) == "10.0.0.1"
    with pytest.raises(FetchError):
        check_ip("fe80::1%lo", "example.org", permitted=False)


@given(st.integers(0, 2**32 - 1))
def test_an_address_hidden_in_ipv6_is_never_more_public_than_in_the_open(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    assert is_public(mapped) == is_public(plain)
    for hidden in (number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)):
        assert not is_public(ipaddress.IPv6Address(hidden))


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if ip.is_private or ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local:
        mapped = getattr(ip, "ipv4_mapped", None)
        assert mapped is not None or not is_public(ip)
