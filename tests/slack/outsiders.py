"""What outsiders may write, and what of it would be alive where people read it. Says for itself what alive is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE = (
    "https://evil.example/a?b=c", "HTTP://evil.example", "http://10.0.0.9/x", "www.evil.example", "evil.example/login",
    "evil.co", "xn--evl-1ma.com", "evil。com", "bücher.evil.de", "ceo@acme.io.evil.example/x", "cal.com/evil", "evil.cal.com",
    "javascript:alert(1)", "slack://channel?id=1", "mailto:x@evil.example", "tel:+4930123456", "ftp://evil.example",
    "<https://evil.example|Join Zoom>", "<!channel>", "<!here|x>", "<@U1ADMIN>", "<#C1|general>", "<!subteam^S1>",
    "<!date^1^{date}^https://evil.example|x>", "@channel", "@here", "@everyone", "[Join](https://evil.example)",
    "![p](//evil.example/p.png)", "*evilbold*", "_evilslant_", "~evilgone~", "`evilcode`", "```evilcode```", ":evil_smile:",
    "> evilquote", "ev\u202eli\u202c", "e\u200bvil", "\u2066evil\u2069", "evil\x1b[31m", "evil\x00", "evil\u2028line",
    "ev\u00adil", "https://ev\u200bil.example", "evil\u2060.example", "&lt;https://evil.example&gt;", "\U000e0065vil",
)  # fmt: skip
PLAIN = (
    "Dana",
    "Grüße",
    "15:00",
    "a.b",
    "v1.2",
    "priya@acme.io",
    "Dr. Who",
    "snake_case",
    "1 * 2 * 3",
    "نام‌ها",
    "👩‍💻",
)
TEXTS = st.lists(st.sampled_from(LIVE) | st.sampled_from(PLAIN) | st.text(max_size=6), min_size=1, max_size=4).flatmap(
    lambda pieces: st.sampled_from(("", " ", "*", "/", "(", "\n")).map(lambda joint: joint.join(pieces))
)

_TOKEN = re.compile(r"<([^<>]*)>")
_DATE = re.compile(r"!date\^\d+\^[^^|<>]*\|[^<>]*")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}:[/\w]", re.IGNORECASE)
_SCHEMES = re.compile(r"\b(https?|ftp|mailto|tel|slack|javascript):[/\w]", re.IGNORECASE)
_NAME = re.compile(r"[^\W_][.。．｡](?:[^\W\d_]{2}|xn--)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}(?![\w/-]|\.\w)", re.IGNORECASE | re.ASCII)
_MARKUP = re.compile(
    r"(?<![^\W_])[*_~]evil(?:bold|slant|gone)[*_~](?![^\W_])|`|:evil_smile:|^\s*(?:>|&gt;)", re.MULTILINE
)
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)


def alive(text: str, *, is_marked: bool, vouched: frozenset[str] = frozenset()) -> list[str]:
    """What a screen would make more of than letters; in `is_marked` text Slack's tokens and marks count too."""
    found = []
    if is_marked:
        tokens = [token.replace("&amp;", "&") for token in _TOKEN.findall(text)]
        found += [f"<{token}>" for token in tokens if token not in vouched and not _DATE.fullmatch(token)]
        found += _MARKUP.findall(text)
        text = _TOKEN.sub(" ", text)
    rest = re.sub(r"(?<![\w./@-])cal\.com(?![\w/@-]|\.\w)", "", _MAIL.sub("", text), flags=re.IGNORECASE)
    found += [one[0] for one in _SCHEMES.finditer(rest)] + [one[0] for one in _NAME.finditer(rest)]
    found += re.findall(r"(?<!\w)@(?:channel|here|everyone)", rest)
    return found + [repr(one) for one in _UNSEEN.findall(text)]


def texts_of(value: Any, *, name: str = "") -> Iterator[tuple[str, bool]]:
    """Every text of a message or view that people read, and whether Slack reads markup in it."""
    if isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one, name=name)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str) and value.get("type") in {"mrkdwn", "plain_text"}:
            yield value["text"], value["type"] == "mrkdwn"
            return
        for key, one in value.items():
            yield from texts_of(one, name=key)
    elif isinstance(value, str) and name in {"text", "accessibility_label"}:
        yield value, name == "text"


def alive_in(message: Any, *, vouched: frozenset[str] = frozenset()) -> list[str]:
    """What is alive anywhere in it."""
    return [
        f"{one} in {text!r}"
        for text, is_marked in texts_of(message)
        for one in alive(text, is_marked=is_marked, vouched=vouched)
    ]
