"""Text of outsiders without life in it: no address that a screen would make a link, no mention, nothing invisible.

Whatever people, calendars and providers wrote may be in any text that we show, so every text is drawn through here, and only
addresses that are vouched for (the card has a button to them) stay as they are. A joiner without width is put into the
others: they read the same, and nothing recognises them. Mail addresses stay whole: they lead to nothing but what they show.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.values import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

JOINER = "\u2060"
_CONTROL = pattern(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]+")
"""Everything that is no letter but the line feed."""
_BREAKS = pattern(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e007f]+"
)
"""What has no width, turns the direction of reading or carries hidden text. Joiners of letters (Persian, Hindi) and of emoji
stay where such letters are: see `_LONE`.
"""
_LONE = pattern("(?<![^\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f])")
_JOINERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u200c\u200d\u3164\uffa0")
_LINK = pattern(r"https?://[^\s<>\"'|]{1,2900}", re.IGNORECASE)
_TRAILING = ".,;:!?)]}»“”"
_SPACES = pattern(r"(\s+)")
_MAIL = pattern(r"\W*[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![/:?#@\\-])\W*", re.ASCII)
_SCHEME = re.compile(
    r":(?:(?=/[/…])|(?:(?<=mailto:)|(?<=script:)|(?<=https:)|(?<=skype:)|(?<=http:)|(?<=data:)|(?<=file:)|(?<=[ts][em][ls]:)|(?<=ftp:))(?=\S))",
    re.IGNORECASE,
)
_DOT = re.compile(r"[.\u3002\uff0e\uff61](?<=[^\W_].)(?=[^\W\d_]{2}|xn--)", re.IGNORECASE)
"""The dot of a name on the internet, also those that count as one."""
_OURS = pattern(
    r"(?<![\w./@-])(?:cal\.com|chat:write\.(?:public|customize)|users:read\.email)(?![\w/@-]|\.\w)", re.IGNORECASE
)
"""A provider whose name has a dot in it, and what Slack calls the rights that an admin may have to grant."""
ORDINARY = re.compile(
    r"(?:[A-Za-z0-9À-ÖØ-öø-ſぁ-ヿ一-鿿 ,;()?!%/–—…’«»·→-]++|[.:](?= |\Z)|(?<=\d):(?=\d\d(?![\w:+'-])))*+"
).fullmatch
"""Letters, figures, clock times, sentences: nothing of it is unseen, an address, a mention or markup."""
_CALL = pattern(r"(?<![^\W_])@(?=(?:channel|here|everyone|group))", re.IGNORECASE)


def seen(text: str) -> str:
    """The text with nothing in it that cannot be seen."""
    if text.isprintable() and _JOINERS.isdisjoint(text):  # what has no width is not printable, but for these
        return text
    return _LONE.sub("", _UNSEEN.sub("", _CONTROL.sub("", _BREAKS.sub("\n", text))))


def inert(text: str) -> str:
    """A text in which nothing is an address or calls anybody; it reads as before."""
    may_be_name = "." in text or not text.isascii()  # most texts are a label with neither
    if (may_be_name and _DOT.search(text)) or (":" in text and _SCHEME.search(text)):
        text = "".join(_word(word) if _is_suspect(word) else word for word in _SPACES.split(text))
    return _CALL.sub("@" + JOINER, text) if "@" in text else text


def _is_suspect(word: str) -> bool:
    return "." in word or ":" in word or not word.isascii()


def pieces(text: str, vouched: Collection[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is an address that is vouched for; the others are still to be made inert."""
    out, done = [], 0
    for found in _LINK.finditer(text) if vouched else ():
        address = found[0].rstrip(_TRAILING)
        if address in vouched:
            out += [(text[done : found.start()], False), (address, True)]
            done = found.start() + len(address)
    return [*out, (text[done:], False)]


def drawn(text: str, vouched: Collection[str] = (), *, dress: Callable[[str], str] = str) -> str:
    """For surfaces that show text as it is: `dress` is done to what is not vouched for."""
    if not vouched:
        return dress(inert(seen(text)))
    return "".join(piece if is_vouched else dress(inert(piece)) for piece, is_vouched in pieces(seen(text), vouched))


def in_markdown(text: str, vouched: Collection[str] = ()) -> str:
    """For readers that take a text for Markdown, as agents do: no link and no picture behind words either."""
    return drawn(text, vouched, dress=lambda piece: piece.replace("](", f"]{JOINER}("))


def _word(word: str) -> str:
    if len(word) < 3 or _MAIL.fullmatch(word):
        return word
    word = _SCHEME.sub(":" + JOINER, word)
    if _OURS.search(word) and not _DOT.search(_OURS.sub("", word)):
        return word
    return _DOT.sub(lambda found: JOINER + found[0], word)
