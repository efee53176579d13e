"""What a text says of limits: room around meetings, notice, how far ahead, how many in a day or week, how far apart.

English patterns over the text, of other languages over it as told in English; each gives one wish, and a text may state
several. «any more» and «no limit» lift.
"""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.language.lexicon import segments
from bot.language.locales.items import MASK
from bot.language.meaning import LimitKind, LimitWish
from bot.values import pattern

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_UNITS = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60, "day": 1440, "week": 10_080, "month": 43_200}
_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_NUMBER = r"(?P<n>\d{1,3}|half an|an?|" + "|".join(_SMALL[1:]) + r")"
_LENGTH = (
    _NUMBER.replace(r"\d{1,3}", r"\d{1,3}(?:[.,]\d{1,2})?")
    + r"(?P<share>\s+and\s+(?:a\s+)?(?:half|quarter))?[\s-]*(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?)"
    + r"(?P<rest>\s+and\s+a\s+(?:half|quarter)|\s*(?:and\s+)?\d{1,2}\s*(?:minutes?|mins?|m)\b|(?<=h)\d{2}\b)?"
)
_LENGTH_BEHIND = _LENGTH
for _group in ("n", "share", "unit", "rest"):
    _LENGTH_BEHIND = _LENGTH_BEHIND.replace(f"?P<{_group}>", f"?P<{_group}2>")
_AROUND = (
    r"(?:buffers?|air|gap|breathing room|breathing space|breather|padding|break|pause|room|space|rest"
    r"|to (?:breathe|recover|rest|recharge))"
)
_BUFFER = pattern(
    rf"\b{_LENGTH}\s+(?:of\s+|for\s+)?(?:an?\s+)?{_AROUND}\b"
    r"(?:.*?\b(?P<side>before|after|between|around|(?:either|both) sides?))?"
    rf"|\b{_AROUND}\s+(?:of|to|is)\s+{_LENGTH_BEHIND}"
    r"(?:.*?\b(?P<side2>before|after|between|around|(?:either|both) sides?))?",
    re.IGNORECASE,
)
_BETWEEN = pattern(
    rf"\b{_LENGTH}\s+between\s+(?:all\s+|my\s+|any\s+)*(?:calls|meetings|bookings|appointments)\b", re.IGNORECASE
)
_BOTH_SIDES = pattern(r"\b(?:before and after|after and before)\b", re.IGNORECASE)
_NOTICE = pattern(
    rf"\b{_LENGTH}\b[^.]*\b(?:notice|warning|heads[ -]up|lead time|in advance|beforehand|ahead of time)\b"
    rf"|\b(?:notice|lead time)\s+(?:\w+\s+)?(?:(?:of|to|for)\s+)?(?:at least\s+)?{_LENGTH_BEHIND}",
    re.IGNORECASE,
)
_AT_LEAST = pattern(
    rf"\b(?:at least|not less than|no less than|less than|under)\s+{_LENGTH}"
    r"\s*(?:ahead|before|beforehand|out|earlier|in advance)\b",
    re.IGNORECASE,
)
_APPROVAL = pattern(r"\b(?:approval|confirmation|approve|approved|confirm|confirmed)\b", re.IGNORECASE)
_NOT = pattern(r"\b(?:no|not|without|never|stop|any ?more|don't|doesn't|dont|doesnt|longer)\b", re.IGNORECASE)
_AT_ONCE = pattern(r"\b(?:auto|automatic|automatically|instantly|straight away|right away)\b", re.IGNORECASE)
_GOES = pattern(r"\b(?:remove|drop|delete|disable|skip|turn off|switch off|scrap|ditch|lift)\b", re.IGNORECASE)
_SAME_DAY = pattern(
    r"\b(?:not|no|never|nobody|shouldn't|shouldnt|can't|cannot|don't|dont)\b[^.]*\bsame[- ]?day\b", re.IGNORECASE
)
_AHEAD = pattern(
    rf"\b(?:more than|further than|at most|up to|only|beyond|over|max(?:imum)?|no more than)\s+(?:the next\s+)?{_LENGTH}"
    r"\s*(?P<working>\(?(?:working|business)[^.]*?)?\s*(?:ahead|out|in advance|into the future|from now|in the future)",
    re.IGNORECASE,
)
_FURTHER = pattern(
    rf"\b(?:further|farther|more)\s+(?:out|ahead|in advance|into the future)\s+than\s+{_LENGTH}", re.IGNORECASE
)
_FEW = r"(?P<n>\d{1,2}|" + "|".join(_SMALL[1:]) + ")"
_CAP = pattern(
    rf"\b{_FEW}\s+(?:of (?:them|these)\s+|\w+\s+){{0,3}}?"
    r"(?:(?:a|per|each|every)\s+(?P<period>day|week|month|year)\b|(?P<often>daily|weekly|monthly|yearly)\b)",
    re.IGNORECASE,
)
_CAP_BEHIND = pattern(
    r"\b(?:(?:per|each|every)\s+(?P<period>day|week|month|year)|(?P<often>daily|weekly|monthly|yearly)),?\s+"
    rf"(?:at most|max(?:imum)?|no more than|up to)\s+{_FEW}\b",
    re.IGNORECASE,
)
_OFTEN = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_SEATS = pattern(r"\b(?P<n>\d{1,3})\s+(?:seats|people|attendees|places)\s+(?:per|a|in each|each)\b", re.IGNORECASE)
_LIFTS = pattern(
    r"\b(?:no limit|without (?:a |any )?(?:limit|cap|notice|buffer)|any more|anymore|unlimited|lift"
    r"|(?:remove|drop|kill|scrap|ditch|delete|get rid of|take off|turn off|switch off) (?:the|my|all)"
    r"|(?:no|zero) (?:more )?(?:minimum |daily |weekly )?(?:notice|buffers?|cap|gap))\b",
    re.IGNORECASE,
)
_WORKING = pattern(r"\b(?:working|business) days?\b", re.IGNORECASE)


def limits_said(utterance: Utterance, told: Utterance) -> tuple[LimitWish, ...]:
    """Every limit that the text states; `told` is it in English, as its times are read."""
    if utterance.language == "en" or told is utterance:
        return read_limits(utterance.text)
    return read_limits(_in_english(told, utterance.language))


def _in_english(told: Utterance, language: str) -> str:
    """The text as told in English, with the words of limits too."""
    words = [word.removeprefix(MASK) for word in told.words]
    text = " ".join(words)
    if segments(text):
        text = _APART.sub("", text)  # signs stand together again
    pattern, english = _words(language)
    return pattern.sub(lambda found: f" {english[found[0]]} ", text) if english else text


_APART = pattern(r"(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])")


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds the words of a language, and what each is in English."""
    home = files("bot.language").joinpath("words/limits.toml")
    table = tomllib.loads(home.read_text(encoding="utf-8")).get(language, {})
    english = {word: key for key, phrases in table.items() for word in phrases.split("|")}
    longest = sorted(english, key=len, reverse=True)
    edge = "" if language in {"ja", "zh"} else r"\b"
    return re.compile(edge + "(?:" + "|".join(map(re.escape, longest)) + ")" + edge), english


def read_limits(text: str) -> tuple[LimitWish, ...]:
    """Every limit that an English text states."""
    found = [*_buffers(text), *_notices(text), *_windows(text), *_caps(text)]
    if _APPROVAL.search(text):
        found.append(LimitWish(kind=LimitKind.APPROVAL, lifts=any(one.search(text) for one in (_NOT, _AT_ONCE, _GOES))))
    if match := _SEATS.search(text):
        found.append(LimitWish(kind=LimitKind.SEATS, count=int(match["n"])))
    if not found and _LIFTS.search(text):
        found += [LimitWish(kind=kind, lifts=True) for kind, named in _NAMED if named.search(text)]
    return tuple(found)


_NAMED = (
    (LimitKind.BUFFER_AFTER, pattern(r"\b(?:buffers?|air|gap|padding)\b", re.IGNORECASE)),
    (LimitKind.NOTICE, pattern(r"\bnotice\b", re.IGNORECASE)),
    (LimitKind.WINDOW, pattern(r"\b(?:ahead|window|in advance)\b", re.IGNORECASE)),
    (LimitKind.CAP, pattern(r"\b(?:a day|a week|per day|per week|limit|cap|daily|weekly)\b", re.IGNORECASE)),
)


_BUFFER_ALONE = pattern(
    r"\bbuffers?:?\s+(?:of\s+)?(?P<n>\d{1,3})(?!\d)(?P<share>)(?P<unit>(?=\s*$|\s*(?:before|after)))(?P<rest>)"
    r"(?:\s+(?P<side>before|after))?",
    re.IGNORECASE,
)
"""«buffer 10»: minutes."""
_SIDE = pattern(rf"\b{_LENGTH}\s+(?:\w+\s+)?(?P<side>before|after)\b", re.IGNORECASE)


def _buffers(text: str) -> list[LimitWish]:
    sides = {found["side"].lower(): _length(found) for found in _SIDE.finditer(text)}
    if len(sides) > 1:  # «half an hour before and 15 min after each interview»
        return [
            LimitWish(kind=LimitKind.BUFFER_BEFORE if side == "before" else LimitKind.BUFFER_AFTER, length=length)
            for side, length in sides.items()
        ]
    match = _BUFFER.search(text) or _BUFFER_ALONE.search(text)
    if match is None:
        between = _BETWEEN.search(text)
        return [LimitWish(kind=LimitKind.BUFFER_AFTER, length=_length(between))] if between is not None else []
    length = _length(match)
    said = match.groupdict()
    side = (said["side"] or said.get("side2") or "after").lower()
    kinds = [LimitKind.BUFFER_BEFORE] if side == "before" else [LimitKind.BUFFER_AFTER]
    if side == "around" or "side" in side or _BOTH_SIDES.search(text):
        kinds = [LimitKind.BUFFER_BEFORE, LimitKind.BUFFER_AFTER]
    return [LimitWish(kind=kind, length=length) for kind in kinds]


def _notices(text: str) -> list[LimitWish]:
    if _SAME_DAY.search(text):
        return [LimitWish(kind=LimitKind.NOTICE, length=timedelta(days=1))]
    match = None if _AHEAD.search(text) else _NOTICE.search(text) or _AT_LEAST.search(text)
    if match is None:
        return []
    return [LimitWish(kind=LimitKind.NOTICE, length=_length(match))]


def _windows(text: str) -> list[LimitWish]:
    match = _AHEAD.search(text) or _FURTHER.search(text)
    if match is None:
        return []
    length = _length(match)
    return [LimitWish(kind=LimitKind.WINDOW, length=length, is_working=_WORKING.search(text) is not None)]


def _caps(text: str) -> list[LimitWish]:
    matches = list(_CAP.finditer(text)) or [match for match in (_CAP_BEHIND.search(text),) if match is not None]
    by_period: dict[str, LimitWish] = {}
    for match in matches:
        period = _OFTEN[match["often"].lower()] if match["often"] else match["period"].lower()
        by_period.setdefault(period, LimitWish(kind=LimitKind.CAP, count=_count(match["n"]), period=period))
    return list(by_period.values())


def _length(match: re.Match[str]) -> timedelta:
    """The length that was matched, with what stands behind its number or its unit: «an hour and a half», «2h30»."""
    said = match.groupdict()
    end = "" if said["n"] else "2"
    minutes, rest = _UNITS[said[f"unit{end}"].lower().rstrip("s") or "minute"], (said[f"rest{end}"] or "").lower()
    share = f"{said[f'share{end}'] or ''} {rest}".lower()
    count = _amount(said[f"n{end}"]) + (0.5 if "half" in share else 0.25 if "quarter" in share else 0)
    more = "".join(letter for letter in rest if letter.isdecimal())
    return timedelta(minutes=minutes * count + int(more or 0))


def _amount(number: str) -> float:
    low = number.lower().replace(",", ".")
    return 0.5 if low == "half an" else float(low) if low[0].isdecimal() else _count(number)


def _count(number: str) -> int:
    low = number.lower()
    return 1 if low in {"a", "an"} else int(low) if low.isdecimal() else _SMALL.index(low)
