"""What is no word: Slack's tokens, mail addresses, links, emoji. Found in the text before it is cut into words.

An atom is (start, end, kind, value) in the cleaned text. Kinds: mention, channel, group, link, phone, email, broken (meant as
an address, and none), instant (epoch seconds), emoji. Every search is linear: each looks at most 100 characters around.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from bot.language.addresses import spelt_addresses, torn_addresses

Atom = tuple[int, int, str, str]
PEOPLE = frozenset(("email", "mention"))
"""Kinds that name somebody."""

_SLACK = re.compile(r"<([^<>\n]{1,400})>")
_EMOJI = re.compile(r"(?<![\w:]):(?=[a-z0-9_+'-]*[a-z+]|-1:)[a-z0-9_+'-]{1,60}:(?::skin-tone-[2-6]:)?(?!\w)")
_SPELT = re.compile(r"[(\[{]at|[(\[] at| dot | p(?:unkt|unto|oint|onto|unt) ")
"""Where one of these stands, an address may be spelt out."""
_SIGNS = {"@": "mention", "#": "channel", "!": "group"}
_ADDRESS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-'")
_SCHEME = "mailto:"
_EDGE = "._-'+%"
_PLACES = frozenset(
    (
        *("noon", "midnight", "home", "work", "office", "lunch", "dinner", "breakfast", "here", "channel", "everyone"),
        *("night", "school", "am", "pm", "the", "my", "our", "least", "most", "once", "all"),
    )
)
"""Behind «@» these say where or when, also without a space: «dinner@home»."""


_WORDED_AT = re.compile(r"[ \t](?:at|ät|arroba|arobase|chiocciola|apenstaartje)[ \t][\w-]+\.[a-z]{2}", re.IGNORECASE)


def find_atoms(text: str) -> tuple[str, list[Atom]]:
    """The text with Slack's `<…>` opened, and the atoms in it by place."""
    atoms: list[Atom] = []
    if "<" in text:
        text = _open_brackets(text, atoms)
    elif "&" in text:
        text = _unescaped(text)
    if "@" in text or "://" in text or "www." in text:
        _find_addresses(text, atoms)
        atoms.sort()
    if _SPELT.search(text):
        taken = {start for start, *_ in atoms}
        for start, end, address in spelt_addresses(text):
            _add(atoms, taken, (start, end, "email", address))
        atoms.sort()
    if "@ " in text or _WORDED_AT.search(text):
        taken = {start for start, *_ in atoms}
        for start, end in torn_addresses(text):
            _add(atoms, taken, (start, end, "broken", text[start:end]))
        atoms.sort()
    if ":" in text and text.count(":") > 1:
        _find_emoji(text, atoms)
    return text, atoms


def _open_brackets(text: str, atoms: list[Atom]) -> str:
    parts: list[str] = []
    length = done = 0
    for match in _SLACK.finditer(text):
        shown, kind, value = _bracket(match[1])
        if not kind:
            continue
        before = _unescaped(text[done : match.start()])
        shown = _unescaped(shown)
        before += " " if before[-1:].isalnum() else ""
        parts += (before, shown)
        length += len(before)
        atoms.append((length, length + len(shown), kind, value))
        length += len(shown)
        done = match.end()
    parts.append(_unescaped(text[done:]))
    return "".join(parts)


def _unescaped(text: str) -> str:
    """Slack writes three signs of a text as entities."""
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")


def _bracket(inner: str) -> tuple[str, str, str]:
    """What a bracket shows, and its kind and value; no kind when it is not Slack's."""
    target, _, label = inner.partition("|")
    if target.startswith("!date^"):
        epoch = target.split("^")[1]
        return label or epoch, ("instant" if epoch.isdigit() and len(epoch) <= 11 else ""), epoch
    if target.startswith("!subteam^"):
        return label or "@group", "group", label.lstrip("@") or target.partition("^")[2]
    if target.startswith("mailto:"):
        address = unquote(target[7:].partition("?")[0])
        return (label or address, "email", address) if "@" in address else (label, "link", target)
    if target.startswith("tel:"):
        return label or target[4:], "phone", target[4:]
    if "://" in target:
        return label or target, "link", target
    kind = _SIGNS.get(target[:1], "")
    if kind and (kind == "group" or target[1:].isalnum()):
        return label or target, kind, target[1:]
    return inner, "", ""


def _find_addresses(text: str, atoms: list[Atom]) -> None:
    """Add mail addresses and bare links."""
    taken = {start for start, *_ in atoms}
    for sign in ("://", "www."):
        at = text.find(sign)
        while at >= 0:
            start = at
            while start > 0 and at - start < 10 and text[start - 1].isalpha() and sign == "://":
                start -= 1
            end = at + len(sign)
            while end < len(text) and not text[end].isspace() and text[end] not in "<>|\"'":
                end += 1
            end -= len(text[at:end]) - len(text[at:end].rstrip(".,;:!?)"))
            _add(atoms, taken, (start, end, "link", text[start:end]))
            at = text.find(sign, max(end, at + 1))
    at = text.find("@")
    while at >= 0:
        end = _add_address(text, at, atoms, taken)
        at = text.find("@", max(end, at + 1))


def _add_address(text: str, at: int, atoms: list[Atom], taken: set[int]) -> int:
    """Add the address around this sign, if it is one; where the search goes on."""
    start, end = at, at + 1
    while start > 0 and at - start < 80 and _is_of_address(text[start - 1]):
        start -= 1
    while end < len(text) and end - at < 100 and _is_of_address(text[end]):
        end += 1
    host = text[at + 1 : end].removesuffix("'s").rstrip(_EDGE)
    if text[end : end + 1] >= "\u3005" and host.rpartition(".")[2][:1].isalpha():
        host = host.rstrip("0123456789")  # «…@acme.io12号»
    name = text[start:at].lstrip(_EDGE)
    if not name or not host or "'" in host:
        return end
    start, end = at - len(name), at + 1 + len(host)
    if ".." in host:
        _add(atoms, taken, (start, end, "broken", text[start:end]))
    elif "." in host:
        begin = start - len(_SCHEME) if text[max(start - len(_SCHEME), 0) : start].lower() == _SCHEME else start
        _add(atoms, taken, (begin, end, "email", text[start:end]))
    elif len(host) > 1 and host[0].isalpha() and host.lower() not in _PLACES and not name.isdecimal():
        _add(atoms, taken, (start, end, "broken", text[start:end]))
    return end


def _is_of_address(letter: str) -> bool:
    """Letters of other alphabets too (jürgen@müller.de); scripts without spaces would take their neighbours in."""
    return letter in _ADDRESS or (letter > "\u00a0" and letter < "\u3005" and letter.isalnum())


def _find_emoji(text: str, atoms: list[Atom]) -> None:
    """Add «:wave:», «:+1::skin-tone-2:»; a clock or a list of pairs is none."""
    taken = {start for start, *_ in atoms}
    before = len(atoms)
    for match in _EMOJI.finditer(text):
        _add(atoms, taken, (match.start(), match.end(), "emoji", match[0].strip(":").partition("::")[0]))
    if len(atoms) > before:
        atoms.sort()


def _add(atoms: list[Atom], taken: set[int], atom: Atom) -> None:
    """Add an atom unless it overlaps one that stands already."""
    if atom[0] in taken or any(other[0] < atom[1] and atom[0] < other[1] for other in atoms[-8:]):
        return
    taken.add(atom[0])
    atoms.append(atom)
