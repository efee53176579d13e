"""«On friday, not thursday, at 3pm», «i can't do 3pm but 4 works»: what stands against what, and whose the clock is."""

from __future__ import annotations

from bisect import bisect_left
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bot.language.cues.answers import bare_number, from_failed_day
from bot.language.cues.corrections import part
from bot.language.entities.tokens import span_of
from bot.language.entities.words import entity_words
from bot.language.meaning import BareNumber, Certainty, Grain, Hours, Intent, Open, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.meaning import Days, Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_BUT = frozenset(("but", "aber", "sondern", "dafür", "pero", "sino", "mais", "mas", "ma", "però", "maar"))
_STOPS = frozenset((",", ".", "!", ";", "\n", "please", "pls", "bitte"))
_FIGURES, _THOSE = 2, 18
"""Letters between a «not» and the time of a meeting: «not the one on», «pas celui de»."""
_MORNING_FROM = 8
_LAST_HOUR = 23
_BOTH = 2
_VERB_LAST = frozenset(("ja", "zh"))
"""Languages that say first which meeting, and then what becomes of it."""
_TURNS_DOWN = frozenset((Cue.INSTEAD, Cue.CORRECTED))
"""«ではなく», «じゃなくて» right behind a day at the end of a text."""
_STEPS = frozenset((Cue.EARLIER, Cue.LATER))
_OF_DAY = frozenset(("on", "of", "from"))
"""In front of a day they say which meetings, where all of them are moved; «to» and «onto» say where to."""
_OF_LISTS = frozenset((Cue.EITHER, Cue.EACH, Cue.NEGATED))


def first_of_two(times: TimesRead, cues: Collection[Cue], language: str) -> TimesRead:
    """«水曜の会議を木曜に移して», «把周三的会挪到周四»: in a move the first of two days says which meeting."""
    if language not in _VERB_LAST or len(times.moments) != _BOTH or times.from_moment is not None:
        return times
    if not _OF_LISTS.isdisjoint(cues):
        return times
    if not all(m.days is not None and m.days.certainty is Certainty.KNOWN for m in times.moments):
        return times
    return times._replace(from_moment=times.moments[0], moments=times.moments[1:])


def from_its_day(times: TimesRead, signs: tuple[Sign, ...], told: Utterance) -> TimesRead:
    """«alles am freitag um eine woche verschieben», «mueve todo lo del jueves»: the day says which, not where to."""
    if len(times.moments) != 1 or times.from_moment is not None:
        return times
    day = times.moments[0]
    if (moved := from_failed_day(times, signs)) is not None:
        return moved
    at = bisect_left(told.starts, day.span.start)
    is_whole = day.days is not None and day.hours is None and not day.exact and told.words[max(at - 1, 0)] in _OF_DAY
    if not is_whole and not any(sign.cue in _STEPS and sign.holds_amount for sign in signs):
        return times
    return times._replace(from_moment=times.moments[0], moments=())


def without_why(times: TimesRead, utterance: Utterance, reason: str, intent: Intent) -> TimesRead:
    """«i'm sick tomorrow, move everything»: a time in the reason is no aim; alone it says which meetings."""
    start = utterance.text.find(reason)
    inside = [one for one in times.moments if start >= 0 and start <= one.span.start < start + len(reason)]
    if not inside or times.from_moment is not None:
        return times
    kept = tuple(one for one in times.moments if one not in inside)
    if intent is Intent.CANCEL and not kept:
        return times
    return times._replace(moments=kept) if kept else times._replace(moments=(), from_moment=inside[0])


def share_clock(times: TimesRead, utterance: Utterance) -> TimesRead:
    """The clock behind a day that is left out is that of the day meant: both days are weighed for one hour.

    Behind a run of days a comma tells: «any day this week except thursday, 3pm».
    """
    if len(times.moments) != 1 or not times.excluded:
        return times
    if len(times.excluded) > 1:
        return _clock_behind_days(times)
    meant, gone = times.moments[0], times.excluded[0]
    is_clock = gone.hours is not None and gone.hours.end is None
    if is_clock and gone.days is not None and gone.days.certainty is Certainty.IMPLIED and _is_day(meant):
        which = times.from_moment or meant  # «all of thursday apart from the 3pm», «… to friday apart from …»
        return times._replace(excluded=(replace(gone, days=which.days),))
    is_run = meant.days is not None and meant.hours is None and "," in utterance.text[gone.span.start : gone.span.end]
    if not (_is_day(meant) or is_run) or gone.days is None or gone.hours is None or gone.days == meant.days:
        return times
    if gone.hours.end is not None or gone.open is not None or gone.span.start < meant.span.start:
        return times
    meant = replace(meant, hours=gone.hours, grain=gone.grain, zone=meant.zone or gone.zone)
    return times._replace(moments=(meant,), excluded=(replace(gone, hours=None, grain=Grain.DAY),))


def _clock_behind_days(times: TimesRead) -> TimesRead:
    """«any day next week except tuesday and thursday at 10»: a clock that all the days left out share is that of the others."""
    meant, gone = times.moments[0], times.excluded
    if meant.days is None or meant.hours is not None or any(one.span.start < meant.span.start for one in gone):
        return times
    clocks = {one.hours.start if one.hours is not None and one.hours.end is None else None for one in gone}
    hours = gone[-1].hours
    if len(clocks) != 1 or None in clocks or hours is None or any(one.days is None or one.open for one in gone):
        return times
    meant = replace(meant, hours=hours, grain=gone[-1].grain, zone=meant.zone or gone[-1].zone)
    days = tuple(replace(one, hours=None, grain=Grain.DAY) for one in gone)
    return times._replace(moments=(meant,), excluded=days)


def not_that_hour(times: TimesRead, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«friday at 2, not 3»: a number alone behind a «not» is an hour that is not meant, beside one that is."""
    clocked = [one for one in times.moments if one.hours is not None and one.hours.start is not None]
    if not clocked or times.excluded:
        return times
    for sign in signs:
        at = bisect_left(utterance.starts, sign.span.end)
        word = utterance.words[at] if sign.cue is Cue.NEGATED and at < len(utterance.words) else ""
        is_last = at + 1 >= len(utterance.words) or utterance.words[at + 1] in _STOPS
        is_hour = word.isdecimal() and len(word) <= _FIGURES and is_last
        if not is_hour or any(one.start <= utterance.starts[at] < one.end for one in times.covered):
            continue
        span = span_of(utterance, at, at + 1)
        clock = _likely(BareNumber(number=int(word), minute=None, side=None, span=span))
        if clock is None:
            continue
        gone = replace(clocked[-1], hours=Hours(start=clock), grain=Grain.HOUR, span=span)
        return times._replace(excluded=(gone,), covered=(*times.covered, span))
    return times


def not_those(times: TimesRead, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«cancel the friday one, not the thursday one», «leave thursday as is, cancel friday»: which meeting is not meant.

    A time right behind a «not» is not, nor is one that is to stay as it is.
    """
    if times.excluded or times.recurrence is not None or not times.moments:
        return times
    said = (*times.moments, *((times.from_moment,) if times.from_moment is not None else ()))
    ends = [sign.span.end for sign in signs if sign.cue is Cue.NEGATED]
    gone = tuple(one for one in said if any(0 < one.span.start - end <= _THOSE for end in ends))
    kept = tuple(one for one in times.moments if one not in gone)
    is_behind = any(one.span.start > gone[0].span.start for one in kept) if gone else True
    if is_behind:
        staying = [sign.span for sign in signs if sign.cue is Cue.STAYS]
        gone = tuple(one for one in said if _stays(one, staying, utterance))
        kept = tuple(one for one in times.moments if one not in gone)
    if len(gone) == len(times.moments) == 1 and times.from_moment is None:
        return _all_but_that_hour(times, gone[0], signs, utterance)
    if not gone or not kept:
        return times
    source = None if times.from_moment in gone else times.from_moment
    return times._replace(moments=kept, from_moment=source, excluded=gone)


def _all_but_that_hour(times: TimesRead, gone: Moment, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«cancel my friday meetings, the 12pm one can stay»: the day without what stands at that hour."""
    is_behind = any(sign.cue is Cue.STAYS and 0 <= sign.span.start - gone.span.end <= 1 for sign in signs)
    if not is_behind or gone.days is None or gone.hours is None or gone.hours.end is not None:
        return times
    if gone.days.certainty is not Certainty.KNOWN or "," not in utterance.text[: gone.span.end]:
        return times
    return times._replace(moments=(replace(gone, hours=None, open=None, grain=Grain.DAY),), excluded=(gone,))


def _stays(moment: Moment, staying: Collection[Span], utterance: Utterance) -> bool:
    """Whether «as is» stands right behind the time, or «don't touch» or «keep» in front of it."""
    start, end = moment.span.start, moment.span.end
    if any(0 <= one.start - end <= 1 or 0 <= start - one.end <= 1 for one in staying):
        return True
    at = bisect_left(utterance.starts, start)
    return at > 0 and utterance.words[at - 1] in entity_words().keep


def not_last(times: TimesRead, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«quinta às 14h, não sexta», «木曜14時に、金曜じゃなくて»: the last day of all is left out, beside one that is meant."""
    if times.excluded or times.recurrence is not None or len(times.moments) != _BOTH:
        return times
    meant, gone = times.moments
    if meant.days is None or gone.days is None or gone.hours is not None or meant.span.end > gone.span.start:
        return times
    between = utterance.text[meant.span.end : gone.span.start]
    rest = utterance.text[gone.span.end :].strip(" .!。")
    said = between.rpartition(",")[2] if "," in between else between.rpartition("、")[2] if "、" in between else None
    start = gone.span.start - len(said.lstrip()) if said is not None else len(utterance.text)
    in_front = any(sign.cue is Cue.NEGATED and start <= sign.span.start < gone.span.start for sign in signs)
    behind = [sign.span for sign in signs if sign.cue in _TURNS_DOWN and sign.span.start - gone.span.end in {0, 1}]
    is_in_front = in_front and said is not None and len(said.split()) <= _BOTH and not rest
    if not is_in_front and not any(len(rest) <= one.end - one.start + _BOTH for one in behind):
        return times
    span = Span(start if is_in_front else gone.span.start, gone.span.end if is_in_front else len(utterance.text))
    return times._replace(moments=(meant,), excluded=(replace(gone, span=span),), covered=(*times.covered, span))


def against(times: TimesRead, signs: Collection[Sign], utterance: Utterance) -> TimesRead:
    """«thursday 3 is no good but 4 is fine»: the time in front is left out, the one behind is on its day."""
    at = next((index for index, word in enumerate(utterance.words) if word in _BUT), None)
    is_but = at is not None
    at = _mark_behind(signs, utterance) if at is None and len(times.moments) > 1 else at
    if at is None or times.excluded or times.recurrence is not None or any(sign.cue is Cue.STAYS for sign in signs):
        return times
    place = utterance.starts[at]
    front = [one for one in times.moments if one.span.start < place]
    behind = [one for one in times.moments if one.span.start > place]
    refused = [sign.span.start < place for sign in signs if sign.cue is Cue.NEGATED]
    if not refused or not all(refused) or len(front) != 1 or (len(behind) > 1 and is_but):
        return times
    gone = front[0]
    if not is_but:
        is_told = gone.days is not None and all(one.days is not None and one.days != gone.days for one in behind)
        return times._replace(moments=tuple(behind), excluded=(gone,)) if is_told and behind else times
    meant = _beside(behind[0], gone) if behind else _at_number(part(utterance, place, len(utterance.text)), gone)
    return times._replace(moments=(meant,), excluded=(gone,)) if meant is not None else times


def without_reason(
    times: TimesRead, signs: Collection[Sign], utterance: Utterance, people: Collection[Span]
) -> TimesRead:
    """«book a slot with ana, i'm out thursday»: when somebody is away is where the meeting may not be."""
    closing = next((sign.span.start for sign in signs if sign.cue is Cue.CLOSES), 0)
    marks = [at for at, word in enumerate(utterance.words) if word in _CLAUSES and utterance.starts[at] < closing]
    if not marks or times.excluded or times.recurrence is not None:
        return times
    place = utterance.starts[marks[-1]]
    gone = tuple(one for one in times.moments if one.span.start > place)
    if not gone or not any(span.start < place for span in people) or any(span.start > place for span in people):
        return times
    kept = tuple(one for one in times.moments if one not in gone)
    runs = [one.days for one in kept if one.days is not None and one.days.last > one.days.first]
    return times._replace(moments=kept, excluded=tuple(in_run(one, runs) for one in gone))


def in_run(gone: Moment, runs: Collection[Days]) -> Moment:
    """«next week …, i'm out on thursday»: the thursday of that week."""
    days = gone.days
    if days is None or days.first != days.last or not gone.rule.startswith("weekday") or len(runs) != 1:
        return gone
    run = next(iter(runs))
    first = run.first + timedelta(days=(days.first - run.first).days % 7)
    return replace(gone, days=replace(days, first=first, last=first)) if first <= run.last else gone


_CLAUSES = frozenset((",", ";", "-", "–", ".", "because", "since", "as"))


def _mark_behind(signs: Collection[Sign], utterance: Utterance) -> int | None:
    """The mark that ends what is refused: «thursday doesn't work, friday does»."""
    place = max((sign.span.end for sign in signs if sign.cue is Cue.NEGATED), default=None)
    if place is None:
        return None
    words, starts = utterance.words, utterance.starts
    return next((at for at, word in enumerate(words) if starts[at] >= place and word in _ENDS), None)


_ENDS = frozenset((",", ";", ".", "-"))


AT_ODDS = frozenset((Cue.WRONG_TIME, Cue.GOES_TO))
"""Cues beside which a time that was read may be none that is meant."""


def given_up(times: TimesRead, signs: Collection[Sign], bare: BareNumber | None = None) -> TimesRead:
    """«lena at 10 doesn't work, how about 2»: the time that does not do is left out, the one behind it is meant."""
    told = [sign.span for sign in signs if sign.cue is Cue.GOES_TO]  # the «now» of «april's is friday 2pm now»
    now = [m for m in times.moments if m.exact is not None and any(one.start <= m.span.start < one.end for one in told)]
    if now and len(now) < len(times.moments):
        times = times._replace(moments=tuple(one for one in times.moments if one not in now))
    wrong = [sign.span for sign in signs if sign.cue is Cue.WRONG_TIME]
    gone = [m for m in times.moments if any(m.span.start < one.end and one.start < m.span.end for one in wrong)]
    if len(gone) != 1 or times.excluded or times.recurrence is not None:
        return times
    behind = tuple(_beside(one, gone[0]) for one in times.moments if one.span.start >= gone[0].span.end)
    is_told = bool(behind) or (bare is not None and bare.span.start >= gone[0].span.end and len(times.moments) == 1)
    return times._replace(moments=behind, excluded=(gone[0],)) if is_told else times


_NOR = frozenset(("nor", "nem", "ni", "né", "nè", "neither"))
_NEAR = 6
"""Letters between a «nor» and its day: an article."""


def with_nor(times: TimesRead, utterance: Utterance) -> TimesRead:
    """«i don't work mondays nor wednesdays»: the second day goes as the first does, and is no exception from it."""
    nors = [end for word, end in zip(utterance.words, utterance.ends, strict=True) if word in _NOR]
    if not nors or not times.excluded:
        return times
    joined = tuple(
        one
        for one in times.excluded
        if one.hours is None and one.days is not None and any(0 <= one.span.start - end <= _NEAR for end in nors)
    )
    if not joined:
        return times
    left = tuple(one for one in times.excluded if one not in joined)
    repeat = times.recurrence
    if repeat is not None and repeat.weekdays:
        days = {*repeat.weekdays, *(one.days.first.weekday() for one in joined if one.days is not None)}
        times = times._replace(recurrence=replace(repeat, weekdays=tuple(sorted(days))))
    return times._replace(moments=(*times.moments, *joined), excluded=left)


def but_within(times: TimesRead, utterance: Utterance) -> TimesRead:
    """«i'm away 7 to 11 december but available on the 9th»: the day within them stays."""
    runs = [
        one for one in times.moments if one.days is not None and one.hours is None and one.days.first < one.days.last
    ]
    buts = [start for word, start in zip(utterance.words, utterance.starts, strict=True) if word in _BUT]
    if not runs or not buts or len(times.moments) < _BOTH:
        return times

    def stays(moment: Moment) -> bool:
        days = moment.days
        return days is not None and any(
            run.days is not None
            and run.days.first <= days.first <= days.last <= run.days.last
            and days != run.days
            and any(run.span.end <= at < moment.span.start for at in buts)
            for run in runs
        )

    kept = tuple(filter(stays, times.moments))
    if not kept:
        return times
    left = tuple(one for one in times.moments if one not in kept)
    return times._replace(moments=left, excluded=(*times.excluded, *kept))


def _beside(meant: Moment, gone: Moment) -> Moment:
    """The time that suits, with the day or the clock of the one that does not where it says none."""
    if meant.exact is not None or gone.exact is not None:
        return meant
    if meant.days is None or (meant.days.certainty is Certainty.IMPLIED and gone.days is not None):
        return replace(meant, days=gone.days, zone=meant.zone or gone.zone)
    if _is_day(meant) and gone.hours is not None and gone.hours.start is not None:
        return replace(meant, hours=gone.hours, grain=gone.grain, zone=meant.zone or gone.zone)
    return meant


def _at_number(behind: Utterance, gone: Moment) -> Moment | None:
    number = bare_number(behind)
    clock = _likely(number) if number is not None else None
    if number is None or clock is None or gone.days is None or gone.hours is None:
        return None
    return replace(gone, hours=Hours(start=clock), grain=Grain.HOUR, open=number.side, span=number.span)


def other_clock(times: TimesRead, bare: BareNumber | None) -> TimesRead:
    """A number alone beside a clock that is left out is the clock that suits."""
    if bare is None or not any(one.hours is not None for one in times.excluded) or len(times.moments) > 1:
        return times
    clock = _likely(bare)
    meant = times.moments[0] if times.moments else None
    if clock is None or bare.side is Open.BEFORE or (meant is not None and not _is_day(meant)):
        return times
    read = [one.span for one in (*times.moments, *times.excluded)]
    if any(span.start < bare.span.end and bare.span.start < span.end for span in read):
        return times
    if meant is None:
        return times
    hours = Hours(start=clock)
    return times._replace(moments=(replace(meant, hours=hours, grain=Grain.HOUR, open=bare.side),))


def instead_of_clock(times: TimesRead, bare: BareNumber | None) -> TimesRead:
    """«thursday's call: 2 instead of 10»: a number alone is where it goes, on the day that was named."""
    gone, meant = times.from_moment, times.moments[0] if len(times.moments) == 1 else None
    if (
        bare is None
        or gone is None
        or gone.hours is None
        or (meant is not None and not _is_day(meant))
        or len(times.moments) > 1
    ):
        return times
    spans = (gone.span, *((meant.span,) if meant is not None else ()))
    is_dated = gone.days is not None and gone.days.certainty is Certainty.KNOWN
    clock = _likely(bare)
    if is_dated or clock is None or any(one.start < bare.span.end and bare.span.start < one.end for one in spans):
        return times
    if meant is None:
        here = replace(gone, hours=Hours(start=clock), grain=Grain.HOUR, open=None, span=bare.span)
        return times._replace(moments=(here,), covered=(*times.covered, bare.span))
    there = replace(meant, hours=Hours(start=clock), grain=Grain.HOUR)
    return times._replace(moments=(there,), from_moment=replace(gone, days=meant.days))


def _is_day(moment: Moment) -> bool:
    return moment.days is not None and moment.hours is None and moment.days.first == moment.days.last


def _likely(bare: BareNumber) -> time | None:
    """The hour in the part of the day in which people meet."""
    hour = bare.number + 12 if 1 <= bare.number < _MORNING_FROM else bare.number
    return time(hour, bare.minute or 0) if hour <= _LAST_HOUR and (bare.minute or 0) < 60 else None
