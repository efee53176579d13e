"""Text on its way in and out: Slack's tokens unwrapped for the reader, other people's text made harmless for the screen.

Everything outgoing passes `plain` or `mrkdwn` exactly once. `plain` is for plain_text objects, which Slack shows as they
are; `mrkdwn` is for everything that Slack would read for markup, mentions and links.
"""

from __future__ import annotations

import html
import re

LONGEST_SAID = 12_000

_TOKEN = re.compile(r"<([^<>]{1,3000})>")
_LINK = re.compile(r"https?://[^\s<>\"'|]{1,2900}")
_TRAILING = ".,;:!?)]}»“”"
_MARKS = {"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"}
_PAIRS = tuple(
    re.compile(rf"(?<![^\W_]){re.escape(mark)}(?=\S)([^\n]*?\S){re.escape(mark)}(?![^\W_])") for mark in _MARKS
)
_KEPT = frozenset({"date", "subteam"})
"""Tokens that the reader opens: they say more than their label."""
_NUMBER = 6
"""Digits that make a label a phone number."""
_SPECIAL = {"channel": "@channel", "here": "@here", "everyone": "@everyone"}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]+")
"""Everything below the space but the line feed."""


def unwrap(text: str, *, bot: str = "", is_escaped: bool = True) -> str:
    """What the person wrote: links and addresses as text, members, groups, channels and dates as tokens, we taken out.

    `is_escaped` is False for text that Slack does not escape.
    """
    text = text[:LONGEST_SAID]
    text = _TOKEN.sub(lambda found: _unwrap_token(found[1], bot), text)
    if is_escaped:
        text = html.unescape(text) if "&#" in text else _unescape(text)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _unwrap_token(token: str, bot: str) -> str:
    body, _, label = token.partition("|")
    match body[:1]:
        case "@":
            return "" if body[1:] == bot else f"<{body}>" if re.fullmatch(r"@[UW][A-Z0-9]+", body) else (label or body)
        case "#":
            return f"<{token}>" if label else body
        case "!":
            return _unwrap_special(body[1:], label)
    if body.startswith("mailto:"):
        return _addressed(body.removeprefix("mailto:"), label)
    if body.startswith("tel:"):
        return label if sum(letter.isdigit() for letter in label) >= _NUMBER else body.removeprefix("tel:")
    if re.match(r"[a-z][a-z0-9+.-]*://", body):
        return label if label and body.rstrip("/").endswith(label.rstrip("/")) else body
    return f"<{token}>"


def _addressed(address: str, label: str) -> str:
    """A mail address, in front of it the name that stands for it in the text."""
    name = label.strip().strip("<>")
    return address if not name or "@" in name else f"{name} <{address}>"


def _unwrap_special(body: str, label: str) -> str:
    name = body.partition("^")[0]
    if name in _KEPT:
        return f"<!{body}|{label}>" if label else f"<!{body}>"
    return label or _SPECIAL.get(name, "")


def mentions(text: str) -> tuple[str, ...]:
    """The ids of the members mentioned in an unwrapped text, each once, in their order."""
    return tuple(dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)>", text)))


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word where possible, with an ellipsis if something was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit * 2 // 3 else cut).rstrip() + "…"


def plain(text: str, limit: int) -> str:
    """For plain_text objects: no control characters, never empty, within the limit."""
    return shorten(_clean(text), limit) or "–"


def mrkdwn(text: str, limit: int) -> str:
    """For mrkdwn: escaped, without markup of its own; only its http(s) addresses are links, each showing itself."""
    text = _clean(text)
    out = _render_mrkdwn(text)
    while len(out) > limit and len(text) > 1:
        text = shorten(text, max(1, len(text) - (len(out) - limit) - 1))
        out = _render_mrkdwn(text)
    return out or "–"


def _render_mrkdwn(text: str) -> str:
    out, done = [], 0
    for found in _LINK.finditer(text):
        address = found[0].rstrip(_TRAILING)
        out += [_inert(text[done : found.start()]), f"<{escape(address)}>"]
        done = found.start() + len(address)
    return "".join([*out, _inert(text[done:])])


def _inert(text: str) -> str:
    for mark, pattern in zip(_MARKS, _PAIRS, strict=True):
        text = pattern.sub(lambda found, mark=mark: f"{_MARKS[mark]}{found[1]}{_MARKS[mark]}", text)  # type: ignore[misc]
    return escape(text)


def escape(text: str) -> str:
    """The three characters that open entities and tokens."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).strip()
