"""What management intents carry: names and new names, addresses, providers, triggers, schedules.

The names of details: `name`, `new_name`, `url`, `provider` (calcom, calendly), `username`, `triggers` (comma-separated:
created, cancelled, rescheduled, rejected, requested, no_show, ended), `schedule`, `group` (a team), `channel` (its id),
`hidden` (yes, no).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.said.named import name_abroad
from bot.language.entities.said.titles import read_name_given, read_new_title
from bot.language.entities.tokens import run_until, span_of, written
from bot.language.entities.words import entity_words
from bot.language.meaning import Span
from bot.language.triggers import trigger

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.topic import Said
    from bot.language.normalise import Utterance

Details = list[tuple[str, str]]

_BOOKED = (
    "booked books new created bookings neue neuen gebucht buchungen nouvelles nouvelle nuevas nueva nuove nuova nieuwe novas"
    " nova"
)
_CANCELLED = (
    "cancelled canceled cancels cancelation cancelations cancellation cancellations absagen absage abgesagt absagt storniert"
    " stornierungen stornierung annulations annulation annulé annulée cancelaciones cancelación cancelan cancellazioni disdette"
    " annulleringen annulering geannuleerd cancelamentos cancelamento cancelado cancelada"
)
_RESCHEDULED = (
    "rescheduled reschedules moved moves reschedulings rescheduling verschoben verschiebt verschiebungen verschiebung reports"
    " déplacements déplacé cambios reprogramaciones spostamenti verplaatsingen remarcações"
)
_HOOKS = frozenset(("webhook", "webhooks", "hook", "one"))
_ABOUT_NEWS = frozenset(("webhook", "webhooks", "hook", "subscribe", "notify", "news", "send", "post", "tell"))
_TRIGGERS = {
    word: trigger
    for trigger, words in (
        ("created", _BOOKED),
        ("cancelled", _CANCELLED),
        ("rescheduled", _RESCHEDULED),
        ("rejected", "rejected declined declines"),
        ("requested", "requested requests"),
        ("no_show", "absent"),
        ("ended", "ended ends end"),
    )
    for word in words.split()
}
_NAMED = frozenset(("called", "named", "titled"))
_NAME_END = frozenset(
    ("with", "of", "for", "to", "lasting", "that", "and", "please", "from", "at", "on", "in", "which")
)
_NOUNS = frozenset(("type", "types", "schedule", "schedules", "rename", "webhook"))
_ARTICLES = frozenset(
    ("the", "my", "our", "a", "an", "event", "meeting", "booking", "type", "schedule", "availability", "to")
)


_MANAGING = trigger(lambda word: word in entity_words().managing)


def read_details(
    utterance: Utterance, barred: Collection[int], quoted: tuple[Said, ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[Span, ...]]:
    """The details and the spans they stand on."""
    found: Details = []
    spans: list[Span] = []
    words = utterance.words
    for index, (kind, value) in utterance.atoms.items():
        if kind == "link":
            found.append(("url", value))
            spans.append(span_of(utterance, index, index + 1))
            if username := _page_owner(value):
                found.append(("username", username))
    if (clock := _half_days(words)) is not None:
        found.append(("clock", clock))
    if (titled := read_new_title(utterance, quoted) or read_name_given(utterance)) is not None:
        return (*found, ("new_name", titled[0])), (*spans, titled[1])
    if not quoted and (named := name_abroad(utterance)) is not None:
        found.append(("name", named[0]))
        spans.append(named[1])
    if not utterance.triggers & _MANAGING:
        _triggers(words, found)
        return tuple(found), tuple(spans)
    _provider(utterance, found)
    _bare_page(utterance, found, spans)
    _triggers(words, found)
    if not _renaming(utterance, found, spans, quoted):
        _naming(utterance, barred, found, spans, quoted)
    if (hidden := _hidden(words)) is not None:
        found.append(("hidden", hidden))
    _username(utterance, found, spans)
    return tuple(found), tuple(spans)


_CLOCKS = ("12", "24")
_OF_CLOCKS = ("clock", "format", "h", "hour", "hours")


def _half_days(words: tuple[str, ...]) -> str | None:
    """«the 12 hour clock», «24h format»: how clock times are to be shown."""
    if "12" not in words and "24" not in words:
        return None
    named = [clock for clock in _CLOCKS if clock in words]
    return named[0] if len(named) == 1 and any(word in words for word in _OF_CLOCKS) else None


_SWITCHES = ("turn", "switch")


def _hidden(words: tuple[str, ...]) -> str | None:
    """«hide intro», «turn the intro off»: whether an event type is to be seen."""
    if "hide" in words or "unhide" in words:
        return "yes" if "hide" in words else "no"
    if not any(word in words for word in _SWITCHES):
        return None
    return "yes" if "off" in words else "no" if "on" in words else None


def _page_owner(link: str) -> str:
    """The user name of a public booking page's address."""
    path = link.partition("://")[2] or link
    host, _, rest = path.partition("/")
    known = host.lower().removeprefix("www.") in ("cal.com", "calendly.com", "app.cal.com")
    return rest.split("/")[0].split("?")[0] if known else ""


def _bare_page(utterance: Utterance, found: Details, spans: list[Span]) -> None:
    """«calendly.com/dana» without «https://»."""
    lowered = utterance.text.lower()
    for host in ("calendly.com/", "cal.com/"):
        at = lowered.find(host)
        if at < 0 or any(key == "username" for key, _ in found):
            continue
        end = at
        while end < len(lowered) and not lowered[end].isspace() and lowered[end] not in ",;?!":
            end += 1
        if username := _page_owner(utterance.text[at:end]):
            found.append(("username", username))
            spans.append(Span(at, end))


def _provider(utterance: Utterance, found: Details) -> None:
    words = utterance.words
    if "calendly" in words:
        found.append(("provider", "calendly"))
    elif "calcom" in words or ("cal" in words and "com" in words[words.index("cal") + 1 :][:2]):
        found.append(("provider", "calcom"))


def _triggers(words: tuple[str, ...], found: Details) -> None:
    is_about = not _ABOUT_NEWS.isdisjoint(words)
    if not is_about and not any(name == "url" for name, _ in found):
        return
    said = (word for word, behind in zip(words, (*words[1:], ""), strict=True) if behind not in _HOOKS)
    named = dict.fromkeys(_TRIGGERS[word] for word in said if word in _TRIGGERS)  # a «new webhook» is about nothing new
    if "show" in words and "no" in words:
        named["no_show"] = "no_show"
    if named:
        found.append(("triggers", ",".join(named)))


def _renaming(utterance: Utterance, found: Details, spans: list[Span], quoted: tuple[Said, ...]) -> bool:
    """«rename intro to hello»."""
    words = utterance.words
    index = next((place for place, word in enumerate(words) if word in ("rename", "retitle")), None)
    if index is None:
        return False
    if len(quoted) == 2:
        found += [("name", quoted[0].text), ("new_name", quoted[1].text)]
        return True
    split = next(
        (place for place in range(len(words) - 2, index + 1, -1) if words[place] in ("to", "into", "as")), None
    )
    if split is None:
        return False
    start = _skip(words, index + 1)
    if start < split:
        found.append(("name", written(utterance, start, split)))
        spans.append(span_of(utterance, start, split))
    end = len(words)
    while end > split + 1 and (words[end - 1] in ("please", "thanks") or not words[end - 1][:1].isalnum()):
        end -= 1
    if end > split + 1:
        found.append(("new_name", written(utterance, split + 1, end).strip("\"'«»")))
        spans.append(span_of(utterance, split, end))
    return True


def _skip(words: tuple[str, ...], index: int) -> int:
    while index < len(words) - 1 and words[index] in _ARTICLES:
        index += 1
    return index


def _naming(
    utterance: Utterance, barred: Collection[int], found: Details, spans: list[Span], quoted: tuple[Said, ...]
) -> None:
    """«a type called Interview», «the event type Interview», «my summer schedule», «change my name to Lena»."""
    words = utterance.words
    if any(key == "name" for key, _ in found):
        return
    if quoted:
        if not _NOUNS.isdisjoint(words[1:]):
            found.append(("name", quoted[0].text))
        return
    for index, word in enumerate(words):
        start, end = 0, 0
        if word in _NAMED:
            start, end = index + 1, run_until(utterance, index + 1, (), _NAME_END)
        elif word == "name" and words[index + 1 : index + 2] in (("to",), ("is",)):
            start, end = index + 2, run_until(utterance, index + 2, (), frozenset(("please", "and")))
        elif word == "type" and index + 1 < len(words) and words[index + 1][:1].isalpha():
            if words[index + 1] not in _NAME_END and words[index + 1] not in _NAMED and index + 1 not in barred:
                start, end = index + 1, run_until(utterance, index + 1, barred, _NAME_END)
        elif (
            word == "schedule" and index > 1 and words[index - 1] not in _ARTICLES and words[index - 2] in ("my", "the")
        ):
            start, end = index - 1, index
        if end > start and words[start][:1].isalnum():
            key = "schedule" if "schedule" in words[1:] and "type" not in words and word != "name" else "name"
            found.append((key, written(utterance, start, end)))
            spans.append(span_of(utterance, start, end))
            return


def _username(utterance: Utterance, found: Details, spans: list[Span]) -> None:
    words = utterance.words
    if "username" not in words or any(key == "username" for key, _ in found):
        return
    start = words.index("username") + 1
    while start < len(words) and words[start] in ("to", "is", ":", "as", "@"):
        start += 1
    end = start
    while end < len(words) and (end == start or utterance.is_glued(end)) and words[end] not in (",", "?", "!"):
        end += 1
    if end > start:
        found.append(("username", written(utterance, start, end).rstrip(".")))
        spans.append(span_of(utterance, start, end))
