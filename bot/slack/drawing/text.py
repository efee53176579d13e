"""Text on its way in and out: Slack's tokens unwrapped for the reader, other people's text made harmless for the screen.

Everything outgoing passes `plain` or `mrkdwn` exactly once. `plain` is for plain_text objects, which Slack shows as they
are; `mrkdwn` is for everything that Slack would read for markup, mentions and links. Both leave nothing in it that Slack, or
a client of it, would make an address or a mention (`bot/scheduling/showing/inert.py`).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from bot.scheduling.showing.inert import JOINER, ORDINARY, drawn, inert, pieces, seen

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST_SAID = 12_000

_BLANKS = re.compile(r"[ \t]{2,}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_TOKEN = re.compile(r"<([^<>]{1,3000})>")
_MARKS = {"*": "∗", "_": "＿", "~": "∼"}
_TICK = "ˋ"
"""Stands for the mark of code."""
_MARKED = {
    mark: re.compile(rf"(?<![^\W_]){re.escape(mark)}(?=\S)|(?<=\S){re.escape(mark)}(?![^\W_])") for mark in "*_~"
}
"""A mark where it could begin or end something; between letters, and between spaces, it is none."""
_EMOJI = re.compile(r":(?=[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*:)")
_QUOTE = re.compile(r"^(\s*)>", re.MULTILINE)
_KEPT = frozenset({"date", "subteam"})
"""Tokens that the reader opens: they say more than their label."""
_NUMBER = 6
"""Digits that make a label a phone number."""
_SPECIAL = {"channel": "@channel", "here": "@here", "everyone": "@everyone"}


def unwrap(text: str, *, bot: str = "", is_escaped: bool = True) -> str:
    """What the person wrote: links and addresses as text, members, groups, channels and dates as tokens, we taken out.

    `is_escaped` is False for text that Slack does not escape.
    """
    text = text[:LONGEST_SAID]
    text = _TOKEN.sub(lambda found: _unwrap_token(found[1], bot), text)
    if is_escaped and "&" in text:
        text = html.unescape(text) if "&#" in text else _unescape(text)
    return _BLANKS.sub(" ", text).strip()


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
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word where possible, with an ellipsis if something was cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    at_word = cut.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > limit * 2 // 3 else cut).rstrip() + "…"


def plain(text: str, limit: int) -> str:
    """For plain_text objects: nothing unseen, nothing that could become a link, never empty, within the limit."""
    if len(text) <= limit and ORDINARY(text):
        return text.strip() or "–"
    text = shorten(seen(text).strip(), limit)
    out = drawn(text)  # what was cut is drawn as it stands: half a mail address is none
    while len(out) > limit and len(text) > 1:
        text = shorten(text, max(1, len(text) - (len(out) - limit) - 1))
        out = drawn(text)
    return out or "–"


def mrkdwn(text: str, limit: int, vouched: Collection[str] = (), *, inside: str = "") -> str:
    """For mrkdwn: escaped, without markup of its own; only addresses that are `vouched` for are links, showing themselves.

    `inside`: the mark of ours that the text will stand in.
    """
    if len(text) <= limit and ORDINARY(text):
        return text.strip() or "–"
    text = seen(text).strip()
    out = _render_mrkdwn(text, vouched, inside)
    while len(out) > limit and len(text) > 1:
        text = shorten(text, max(1, len(text) - (len(out) - limit) - 1))
        out = _render_mrkdwn(text, vouched, inside)
    return out or "–"


def _render_mrkdwn(text: str, vouched: Collection[str], inside: str) -> str:
    text = text.replace("`", _TICK)  # before addresses are looked for: it is a letter, which may end one
    marks = "".join(
        mark for mark, found in _MARKED.items() if mark in text and (mark == inside or len(found.findall(text)) > 1)
    )
    if not vouched:
        return escape(_unmarked(inert(text), marks))
    return "".join(
        f"<{escape(piece)}>" if is_vouched else escape(_unmarked(inert(piece), marks))
        for piece, is_vouched in pieces(text, vouched)
    )


def _unmarked(text: str, marks: str) -> str:
    for mark in marks:
        if mark in text:
            text = _MARKED[mark].sub(_MARKS[mark], text)
    text = _EMOJI.sub(f":{JOINER}", text) if ":" in text else text
    return _QUOTE.sub(r"\1›", text) if ">" in text else text


def escape(text: str) -> str:
    """The three characters that open entities and tokens."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
