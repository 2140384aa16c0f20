"""Addresses of the web and of mail, written so that every reading system and validator takes them.

The URL Standard (https://url.spec.whatwg.org/) says which hosts and ports are valid, RFC 3986 what is percent-encoded,
RFC 5890 how a domain name with other letters than a–z is written, RFC 6068 what a mailto address is.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote

_WEB = re.compile(r"(?i)(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_MAIL = re.compile(r"(?i)mailto:(?P<to>[^?#]*)(?P<rest>.*)", re.DOTALL)
_SAFE = ";/?:@&=+$,-_.!~*'()#%"
"""What is printed as it is in a path, a query or a fragment."""
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\"#%/:<>?@\[\\\]^`{|}]")
"""What no domain name has (URL Standard, forbidden domain code points)."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
_LOCAL = "!$&'*+-_.~%"
"""What is printed as it is in the name of a mailbox."""
_LONGEST_LABEL = 63
_LONGEST_HOST = 253
_LAST_PORT = 65535


class WrongAddress(ValueError):
    """An address that leads nowhere; says why."""


def is_outward(text: str) -> bool:
    """Return whether a text begins as an address of the web or of mail does."""
    return re.match(r"(?i)(https?://|mailto:)", text) is not None


def normalize(address: str, *, unicode: bool = False) -> str:
    """Return an address with everything percent-encoded that must be; with `unicode`, letters of any script stay.

    Only the first `#` begins the fragment: a further one is written `%23`. Raises `WrongAddress` if the address leads
    nowhere: no host, a host that cannot exist, a port that is no number up to 65535, a password, no `@` in mail.
    """
    if web := _WEB.fullmatch(address):
        host = _authority(web["authority"], unicode=unicode)
        return f"{web['scheme']}://{host}{_encode(web['rest'], unicode=unicode)}"
    if mail := _MAIL.fullmatch(address):
        to = ",".join(_mailbox(part, unicode=unicode) for part in mail["to"].split(",")) if mail["to"] else ""
        if not to and "?" not in mail["rest"]:
            raise WrongAddress("it names no mailbox")
        return f"mailto:{to}{_encode(mail['rest'], unicode=unicode)}"
    raise WrongAddress("it does not begin with https://, http:// or mailto:")


def _encode(rest: str, *, unicode: bool) -> str:
    """A path with query and fragment, percent-encoded."""
    before, sign, fragment = _BAD_PERCENT.sub("%25", rest).partition("#")
    return _quote(before, unicode=unicode) + sign + _quote(fragment, unicode=unicode).replace("#", "%23")


def _quote(text: str, *, unicode: bool) -> str:
    if not unicode:
        return quote(text, safe=_SAFE)
    return "".join(item if item > "\x7f" and _is_seen(item) else quote(item, safe=_SAFE) for item in text)


def _is_seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN


def _authority(written: str, *, unicode: bool) -> str:
    """User name, host and port."""
    user, at, place = written.rpartition("@")
    if "@" in user:
        raise WrongAddress("it has two “@” before its host")
    if ":" in user:
        raise WrongAddress("it holds a password, which everybody could read")
    bracketed = re.fullmatch(r"\[(?P<address>[^\]]*)\](?P<port>:.*)?", place)
    if bracketed is not None:
        host, port = f"[{_ipv6(bracketed['address'])}]", bracketed["port"] or ""
    else:
        name, colon, number = place.partition(":")
        host, port = _host(name, unicode=unicode), colon + number
    return f"{quote(user, safe='-_.!~*()+%')}{at if user else ''}{host}{_port(port)}"


def _ipv6(written: str) -> str:
    try:
        IPv6Address(written)
    except AddressValueError as error:
        raise WrongAddress(f"“[{written}]” is no IPv6 address") from error
    return written


def _port(written: str) -> str:
    number = written.removeprefix(":")
    if not number:
        return ""
    if not re.fullmatch(r"[0-9]{1,5}", number) or int(number) > _LAST_PORT:
        raise WrongAddress(f"“{number}” is no port: a number up to {_LAST_PORT}")
    return f":{number}"


def _host(written: str, *, unicode: bool) -> str:
    """A domain name; its labels in their ASCII form, if `unicode` is not set. Raises `WrongAddress`."""
    name = unicodedata.normalize("NFC", _decode(written) if "%" in written else written)
    labels = [_label(label) for label in re.split("[.。．｡]", name)]
    if not any(labels):
        raise WrongAddress("it names no host")
    if not all(labels[:-1]):
        raise WrongAddress(f"the host “{written}” has two dots in a row, or begins with one")
    if len(".".join(labels)) > _LONGEST_HOST:
        raise WrongAddress(f"the host has more than {_LONGEST_HOST} characters")
    _demand_ipv4(labels, written)
    return name if unicode else ".".join(labels)


def _decode(written: str) -> str:
    try:
        return unquote(written, errors="strict")
    except UnicodeDecodeError as error:
        raise WrongAddress(f"the host “{written}” cannot be decoded") from error


def _label(written: str) -> str:
    """A part of a domain name between dots, in ASCII."""
    wrong = _FORBIDDEN.search(written) or next((text for text in written if not _is_seen(text)), None)
    if wrong is not None:
        sign = wrong if isinstance(wrong, str) else wrong.group()
        shown = f"U+{ord(sign):04X}" if sign <= " " or not _is_seen(sign) else f"“{sign}”"
        raise WrongAddress(f"a host has no {'space' if sign == ' ' else shown}")
    label = written if written.isascii() else "xn--" + written.lower().encode("punycode").decode("ascii")
    if len(label) > _LONGEST_LABEL:
        raise WrongAddress(f"a part of the host has more than {_LONGEST_LABEL} characters")
    if written.lower().startswith("xn--"):
        _demand_decodable(written)
    return label


def _demand_decodable(label: str) -> None:
    """Raise `WrongAddress` if the encoded form of a label represents nothing."""
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except UnicodeError as error:
        raise WrongAddress(f"“{label}” in the host has no meaning") from error
    if decoded.isascii() or not all(map(_is_seen, decoded)):
        raise WrongAddress(f"“{label}” in the host has no meaning")


def _demand_ipv4(labels: list[str], written: str) -> None:
    """Raise `WrongAddress` if a host ends in a number and is no IPv4 address."""
    parts = labels[:-1] if not labels[-1] else labels
    if not re.fullmatch(r"[0-9]+", parts[-1]):
        return
    if len(parts) > 4 or not all(re.fullmatch(r"[0-9]{1,3}", part) and int(part) <= 255 for part in parts):
        raise WrongAddress(f"“{written}” is no IPv4 address")


def _mailbox(written: str, *, unicode: bool) -> str:
    local, at, domain = written.strip().rpartition("@")
    if not at or not local:
        raise WrongAddress(f"“{written.strip()}” is no mailbox: somebody@example.org")
    if re.search(r"\s", local):
        raise WrongAddress(f"“{written.strip()}” is no mailbox: it has a space")
    return f"{quote(_BAD_PERCENT.sub('%25', local), safe=_LOCAL)}@{_host(domain, unicode=unicode)}"
