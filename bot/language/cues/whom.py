"""Which meetings are meant: beside whose something is to be («right after lena's»), and which one an act spares."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.language.cues.contrast import other_clock
from bot.language.cues.scope import named_in
from bot.language.cues.verbs import ORS, act_at, links_of
from bot.language.meaning import Days, Doubt, DoubtKind, Grain, Intent, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import BareNumber, Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

BESIDE_WHOM = frozenset((Cue.AFTER_WHOM, Cue.BEFORE_WHOM, Cue.SAME_DAY_WHOM, Cue.SAME_TIME_WHOM, Cue.WHOSE_TIME))
_STEPPING = frozenset((Cue.EARLIER, Cue.LATER, Cue.BEFORE_THAT, Cue.AFTER_THAT))
_NONE_THERE = frozenset((Cue.FOLLOWS, Cue.THAT_DAY, Cue.AGAIN, Cue.CONDITION, Cue.MESSAGES, Cue.THEIR_CLOCK))
"""What words of such a phrase say elsewhere: «the same day», «(dezelfde dag) als …», «… hora do sam»."""
_WHOLE_DAYS = frozenset((Grain.DAY, Grain.WEEK))
_DAY = timedelta(days=1)
_SPOKEN_OF = frozenset((Cue.OWN_CALENDAR, Cue.STANDING))


def beside_whom(
    utterance: Utterance, entities: EntitiesRead, signs: tuple[Sign, ...]
) -> tuple[EntitiesRead, tuple[str, ...], tuple[Sign, ...]]:
    """The entities without those beside whose meeting something is to be, these (names, addresses, member ids), and the signs.

    The amount in such a phrase says how far from that meeting. It moves something only where a meeting was named in front
    of it («put sam's meeting an hour after lena's»); elsewhere it is no step.
    """
    beside = [sign.span for sign in signs if sign.cue in BESIDE_WHOM]
    named = [one for one in named_in(utterance, entities) if one[1] != "type"]
    gone = [(kind, value) for span, kind, value in named if any(one.start <= span.start < one.end for one in beside)]
    if not gone:
        return entities, (), tuple(sign for sign in signs if sign.cue not in BESIDE_WHOM)
    left = entities._replace(
        people=tuple(name for name in entities.people if ("name", name) not in gone),
        emails=tuple(email for email in entities.emails if ("email", email) not in gone),
        mentions=tuple(member for member in entities.mentions if ("mention", member) not in gone),
    )
    is_moved = any(sign.cue in _SPOKEN_OF and sign.span.end <= beside[0].start for sign in signs)
    idle = _NONE_THERE if is_moved else _STEPPING | _NONE_THERE
    kept = tuple(sign for sign in signs if sign.cue not in idle or not _overlaps(sign, beside))
    return left, tuple(dict.fromkeys(value for _, value in gone)), kept


def _overlaps(sign: Sign, spans: list[Span]) -> bool:
    return any(one.start < sign.span.end and sign.span.start < one.end for one in spans)


def without_gap(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """The times without what only says how far from somebody's meeting: «an hour after lena», «the day after lena»."""
    beside = [sign for sign in signs if sign.cue in BESIDE_WHOM]
    gaps = {sign.amount for sign in beside if sign.holds_amount}
    if times.length is not None and (times.length in gaps or _is_a_day(times.length, beside)):
        times = times._replace(length=None)
    spans = [sign.span for sign in beside]
    said = tuple(one for one in times.moments if not any(_is_in(one.span, span) for span in spans))
    if any(sign.amount is None and sign.holds_amount and sign.grain in _WHOLE_DAYS for sign in beside):
        said = tuple(replace(one, days=None) for one in said if one.hours is not None)
    return times if said == times.moments else times._replace(moments=said)


def _is_a_day(length: timedelta, beside: list[Sign]) -> bool:
    """«和 lena 同一天»: no length of a day."""
    return length == _DAY and any(sign.cue is Cue.SAME_DAY_WHOM for sign in beside)


def _is_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def in_their_place(
    utterance: Utterance, entities: EntitiesRead, signs: Collection[Sign], intent: Intent
) -> tuple[Doubt, ...]:
    """The doubt of «cancel lena and put sam in her place»: who is named behind the link does not go as well."""
    places = [sign.span for sign in signs if sign.cue is Cue.IN_PLACE]
    if intent is not Intent.CANCEL or not places:
        return ()
    named = sorted(span.start for span, kind, _ in named_in(utterance, entities) if kind != "type")
    last = next((start for start in reversed(named) if start <= places[-1].end + _NEAR_PLACE), None)
    if last is None or last == named[0]:
        return ()
    at, first = bisect_left(utterance.starts, last), bisect_left(utterance.starts, named[0])
    links = links_of(utterance.language) | _MARKS
    link = next((one for one in range(at - 1, first, -1) if utterance.words[one] in links), None)
    if link is None:
        return ()
    begin = utterance.starts[link + 1]
    return (Doubt(kind=DoubtKind.TWO_ACTS, span=Span(begin, utterance.ends[at])),)


_NEAR_PLACE = 12
"""Letters between «in that place» and who is to have it: «その枠に sam を入れて»."""
_MARKS = frozenset(("，", "、", "。"))


def without_told(
    utterance: Utterance, entities: EntitiesRead, signs: tuple[Sign, ...]
) -> tuple[EntitiesRead, tuple[str, ...]]:
    """The entities without those to whom only a message is meant («cancel lena and tell sam i'm late»), and these.

    Why, behind such a message, is no reason of the act.
    """
    told = [sign.span for sign in signs if sign.cue is Cue.MESSAGES]
    if not told:
        return entities, ()
    roles = tuple(role for sign in signs if sign.cue is Cue.MESSAGES and (role := _role_told(utterance, sign)))
    if roles:
        return entities, roles
    named = [one for one in named_in(utterance, entities) if one[1] != "type"]
    gone = [(kind, value) for span, kind, value in named if any(one.start < span.start < one.end for one in told)]
    is_named = any(_names_whose(utterance, sign) and sign.span.end <= told[0].start for sign in signs)
    if not gone or not ({(kind, value) for _, kind, value in named} - {*gone} or is_named):
        return entities, ()
    is_why = bool(entities.reason) and utterance.text.rfind(entities.reason) > told[0].start
    left = entities._replace(
        people=tuple(name for name in entities.people if ("name", name) not in gone),
        emails=tuple(email for email in entities.emails if ("email", email) not in gone),
        mentions=tuple(member for member in entities.mentions if ("mention", member) not in gone),
        reason="" if is_why else entities.reason,
    )
    return left, tuple(dict.fromkeys(value for _, value in gone))


def _names_whose(utterance: Utterance, sign: Sign) -> bool:
    """«the sam call», not «the call»."""
    behind = utterance.text[sign.span.start : sign.span.end].partition(" ")[2]
    return sign.cue is Cue.STANDING and " " in behind


def _role_told(utterance: Utterance, sign: Sign) -> str:
    """«… and let my boss know»: who is told something without a name."""
    if "<any>" not in sign.row:
        return ""
    words = utterance.text[sign.span.start : sign.span.end].split()
    at = next((place for place, word in enumerate(words) if word.lower() in _WHOSE), 0)
    return " ".join(words[at : at + 2]).lower() if at else ""


_WHOSE = frozenset(("my", "our", "the", "his", "her", "their"))


def without_both(times: TimesRead, signs: tuple[Sign, ...]) -> TimesRead:
    """«cancela las dos»: both of them, and no clock."""
    both = [sign.span for sign in signs if sign.cue is Cue.EACH]
    said = tuple(
        m for m in times.moments if not any(one.start <= m.span.start and m.span.end <= one.end for one in both)
    )
    return times if len(said) == len(times.moments) else times._replace(moments=said)


def of_whom(times: TimesRead, signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs without «local time» where a place says whose it is, and without «a holiday over there»."""
    if times.is_placed:
        signs = tuple(sign for sign in signs if sign.cue is not Cue.OWN_CLOCK)
    ends = [sign.span.end for sign in signs if sign.cue is Cue.PUBLIC_HOLIDAY]
    if not ends:
        return signs
    return tuple(s for s in signs if s.cue is not Cue.THEIR_CLOCK or s.span.start - 1 not in ends)


def clock_left(times: TimesRead, bare: BareNumber | None) -> TimesRead:
    """«i can't do 3pm thursday but 4 works»: a number alone behind the only time left out is a clock of its day."""
    if times.moments or bare is None or len(times.excluded) != 1 or bare.span.start < times.excluded[0].span.end:
        return times
    day = replace(times.excluded[0], hours=None, open=None, grain=Grain.DAY)
    read = other_clock(times._replace(moments=(day,)), bare)
    return read if read.moments[0].hours is not None else times


def on_day_left_out(times: TimesRead) -> TimesRead:
    """«book omar wed at 2, ah no i have the dentist then, so 4pm»: another clock of the same day."""
    days = {one.days for one in times.excluded if one.says_day and one.hours is not None and one.hours.start}
    place = max((one.span.start for one in times.excluded), default=0)
    is_clock = all(one.exact is None and one.hours is not None and not one.says_day for one in times.moments)
    if len(days) != 1 or not times.moments or not is_clock or times.moments[0].span.start < place:
        return times
    day = days.pop()
    return times._replace(moments=tuple(replace(one, days=day) for one in times.moments))


def not_at_own(times: TimesRead, utterance: Utterance, intent: Intent, entities: EntitiesRead) -> TimesRead:
    """«book kim after my 2pm at 3», «… at 1, my lunch is at 12»: the clock of one's own things is no time of a new meeting."""
    is_one = len(entities.people) + len(entities.emails) + len(entities.mentions) <= 1
    if (
        intent not in _NEW
        or not is_one
        or times.recurrence is not None
        or _OWNERS.isdisjoint(utterance.words)
        or not ORS.isdisjoint(utterance.words)
    ):
        return times
    own = [moment for moment in times.moments if moment.hours is not None and _is_own(utterance, moment)]
    others = [moment for moment in times.moments if moment not in own]
    if not own or not others or any(one.hours is None or one.hours.start is None for one in others):
        return times
    days = {moment.days for moment in own if moment.says_day}
    day = days.pop() if len(days) == 1 else None
    dated = (replace(one, days=day) if day is not None and not one.says_day else one for one in others)
    return times._replace(moments=tuple(dated))


def _is_own(utterance: Utterance, moment: Moment) -> bool:
    """«my 2pm», «my lunch at 12», «my train home is at 5»."""
    words, at = utterance.words, bisect_left(utterance.starts, moment.span.start)
    while at < len(words) and not words[at].isdecimal() and utterance.starts[at] < moment.span.end:
        at += 1  # «after my 2pm»
    at -= 1
    while at >= 0 and words[at] in _BEFORE_CLOCK:
        at -= 1
    front = words[max(at - _THING, 0) : at + 1]
    owns = [word in _OWNERS and _SHORT_DAYS.get(word, utterance.language) == utterance.language for word in front]
    place = max((index for index, is_owner in enumerate(owns) if is_owner), default=-1)
    thing = front[place:]
    if place >= 0 and moment.open is None and words[at - len(thing)] in _SIDES:
        return False  # «after my dentist at 2»: a side that nobody read is asked about
    is_told = all(word.isalpha() and act_at(thing, index, "en") is None for index, word in enumerate(thing))
    return place >= 0 and is_told


_NEW = frozenset((Intent.BOOK, Intent.HOLD, Intent.FIND_SLOTS))
_SHORT_DAYS = {"mon": "fr", "mi": "es"}
"""Owners that are a weekday in other languages: «mon and wed next week at 10»."""
_OWNERS = frozenset(
    (
        *(
            "my",
            "our",
            "mein",
            "meine",
            "meinen",
            "meinem",
            "meiner",
            "unser",
            "unserem",
            "unseren",
            "mi",
            "mis",
            "mon",
        ),
        *("ma", "mes", "mio", "mia", "meu", "minha", "mijn", "nuestro", "nuestra", "notre", "nostro", "nosso", "onze"),
    )
)
_BEFORE_CLOCK = frozenset(
    ("at", "um", "a", "las", "à", "alle", "às", "om", "is", "ist", "the", "after", "from", "past")
)
_SIDES = frozenset(("after", "before"))
_THING = 3
"""Words of one's own thing, with whose it is."""


def beside_type(utterance: Utterance, kind: Span | None) -> tuple[Doubt, ...]:
    """«move the intro to after the deep dive»: beside a meeting that is told by its kind, and not the one that moves."""
    at = bisect_left(utterance.starts, kind.start) if kind is not None else 0
    side = next((one for one in range(max(at - 2, 0), at) if utterance.words[one] in _BESIDE_TYPE), -1)
    if kind is None or side < 0:
        return ()
    return (Doubt(kind=DoubtKind.UNREAD_THAT_MATTERS, span=Span(utterance.starts[side], kind.end)),)


_BESIDE_TYPE = frozenset(
    ("after", "before", "nach", "vor", "después", "antes", "après", "avant", "dopo", "prima", "na")
)


def from_then_on(times: TimesRead) -> TimesRead:
    """«cancel the weekly with sam from december 10 on»: all of them from that day on, and not what is on then."""
    if times.since is None or len(times.moments) != 1 or times.moments[0].hours is not None:
        return times
    day = Days(first=times.since, last=times.since)
    return times._replace(moments=(replace(times.moments[0], days=day, open=Open.AFTER),), recurrence=None)


def of_their_day(
    times: TimesRead, signs: tuple[Sign, ...], utterance: Utterance, people: Collection[Span]
) -> TimesRead:
    """«lena starts at 9 her time, find an hour»: from then on, and no time at which she is met."""
    edges = [sign for sign in signs if sign.cue in _EDGES and _is_theirs(sign, utterance, people)]

    def opened(moment: Moment) -> Moment:
        is_point = moment.hours is not None and moment.hours.end is None and moment.open is None
        edge = next((one for one in edges if 0 <= moment.span.start - one.span.end <= _BESIDE), None)
        if edge is None or moment.hours is None or not is_point:
            return moment
        if edge.cue is Cue.BEGINS:
            return replace(moment, open=Open.AFTER)
        return replace(moment, open=Open.BEFORE, hours=replace(moment.hours, start=None, end=moment.hours.start))

    return times._replace(moments=tuple(map(opened, times.moments))) if edges else times


_EDGES = frozenset((Cue.BEGINS, Cue.FINISHES))
_BESIDE = 1
"""Letters between «starts at» and the clock behind it."""
_WHO = ("she", "he", "they", "sie", "er")


def _is_theirs(edge: Sign, utterance: Utterance, people: Collection[Span]) -> bool:
    """Whether somebody stands in front: «lena starts at», «she is done at»; not «lena's call starts at»."""
    text, at = utterance.text, bisect_left(utterance.starts, edge.span.start)
    if any(span.end <= edge.span.start and len(text[span.end : edge.span.start].split()) <= 1 for span in people):
        return True
    near = range(max(at - 2, 0), at)
    return any(place in utterance.atoms or utterance.words[place] in _WHO for place in near)
