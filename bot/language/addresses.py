"""Mail addresses as people type them: whether it is one, every one in a list, spelt out, and the name that it suggests."""

from __future__ import annotations

import re
import unicodedata

_ADDRESS = re.compile(r"[^@\s<>,;:()\"']{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}")
_AT, _DOT = r"(?:at|ät|arroba|arobase|chiocciola|apenstaartje)", r"(?:dot|punkt|punto|point|ponto|punt)"
_BRACKETED = re.compile(
    rf"([\w.%+'-]+)[ \t]?[(\[{{][ \t]?{_AT}[ \t]?[)\]}}][ \t]?"
    rf"([\w-]+(?:(?:\.|[ \t]?[(\[{{][ \t]?{_DOT}[ \t]?[)\]}}][ \t]?|[ \t]{_DOT}[ \t])[\w-]+)+)",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"([\w.%+'-]+(?:[ \t]{_DOT}[ \t][\w-]+)*)[ \t]{_AT}[ \t]([\w-]+(?:[ \t]{_DOT}[ \t][\w-]+)+)", re.IGNORECASE
)
_TORN = re.compile(r"\b[A-Za-z][\w.+%'-]*[ \t]?@[ \t](?:[\w-]+\.)+[A-Za-z]{2,10}\b")
_WORDED = re.compile(
    rf"\b([A-Za-z][\w.+%'-]*)[ \t]{_AT}[ \t](?:[\w-]+\.)+([A-Za-z]{{2,10}})\b(?![@/.]\w)", re.IGNORECASE
)
_SPELT_DOT = re.compile(rf"[ \t]?[(\[{{][ \t]?{_DOT}[ \t]?[)\]}}][ \t]?|[ \t]{_DOT}[ \t]", re.IGNORECASE)
_ENDINGS = frozenset(
    (
        *("com", "org", "net", "edu", "gov", "int", "info", "io", "ai", "app", "dev", "co", "me", "tv", "biz", "test"),
        *("de", "at", "ch", "eu", "uk", "ie", "us", "ca", "au", "nz", "fr", "be", "nl", "lu", "es", "pt", "br", "mx"),
        *("ar", "cl", "it", "pl", "cz", "se", "no", "dk", "fi", "jp", "cn", "tw", "hk", "sg", "in", "za", "ng", "ke"),
        *("il", "tr", "gr", "ro", "hu", "example"),
    )
)
_SPLIT = re.compile(r"[._+\-\d]+")


def is_address(text: str) -> bool:
    """Whether it looks like one mail address."""
    return _ADDRESS.fullmatch(text.strip()) is not None and ".." not in text


def addresses_in(text: str) -> tuple[str, ...]:
    """Every mail address in a typed list, in lower case."""
    return tuple(dict.fromkeys(found.lower() for found in _ADDRESS.findall(text) if is_address(found)))


def spelt_addresses(text: str) -> tuple[tuple[int, int, str], ...]:
    """«dana (at) example.org», «dana at example dot org»: where each stands, and the address that it spells."""
    found = []
    for pattern in (_BRACKETED, _IN_WORDS):
        for match in pattern.finditer(text):
            address = "@".join(_SPELT_DOT.sub(".", part) for part in match.groups())
            if (
                is_address(address)
                and address.rpartition(".")[2].lower() in _ENDINGS
                and address[0].isalpha()
                and not address.partition("@")[2][0].isdigit()
            ):
                found.append((*match.span(), address))
    return tuple(found)


def torn_addresses(text: str) -> tuple[tuple[int, int], ...]:
    """«dana @ example.org», «dana at example.org»: where an address was typed with a space in it."""
    worded = (match for match in _WORDED.finditer(text) if _is_worded(match))
    return tuple(match.span() for match in (*_TORN.finditer(text), *worded))


def _is_worded(match: re.Match[str]) -> bool:
    """«kim at acme.io»; not «at 3.45 at acme.io», «meet at zoom.us»."""
    return match[2].lower() in _ENDINGS and match[1].lower() not in _NOBODY and not match[0].endswith("zoom.us")


_NOBODY = frozenset(
    (
        *(
            "me",
            "us",
            "him",
            "her",
            "them",
            "it",
            "meet",
            "call",
            "meeting",
            "talk",
            "lunch",
            "coffee",
            "video",
            "online",
        ),
        *(
            "calendar",
            "time",
            "slot",
            "is",
            "be",
            "available",
            "free",
            "page",
            "site",
            "link",
            "form",
            "join",
            "am",
            "pm",
        ),
        *("today", "tomorrow", "now", "look", "here", "found", "noon", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    )
)
"""What stands in front of «at» and is nobody."""


def bare(name: str) -> str:
    """A name as addresses spell it: without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def name_of(email: str) -> str:
    """«john.doe+cal@example.com» → «John Doe»: the part behind «+» names nobody."""
    words = [word for word in _SPLIT.split(email.partition("@")[0].partition("+")[0]) if word]
    return " ".join(word.capitalize() for word in words) or email
