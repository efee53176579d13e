"""Understandings for other programs: JSON lines (`pencil parse`, docs: CONTRACT) and a picture in words (`pencil explain`)."""

from __future__ import annotations

import json
import time as stopwatch
from datetime import UTC, datetime, timedelta
from datetime import time as wall_time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.language.meaning import Grain, Intent, Moment, Open, Reference, Understanding
from bot.language.understand import understand, word_fates
from bot.scheduling.times import find_zone, wall_to_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from bot.language.cues.account.fates import Fate
    from bot.language.meaning import Recurrence, Sign

Row = dict[str, object]

_FAMILY = {
    Intent.COUNT_BOOKINGS: Intent.LIST_BOOKINGS,
    Intent.SHOW_HOLDS: Intent.LIST_BOOKINGS,
    Intent.SHOW_INVITEES: Intent.LIST_BOOKINGS,
    Intent.WHO_IS_FREE: Intent.FIND_SLOTS,
    Intent.NEXT_OPENING: Intent.FIND_SLOTS,
    Intent.BOOKING_STATUS: Intent.LIST_BOOKINGS,
    Intent.SHOW_RECORDS: Intent.LIST_BOOKINGS,
    Intent.BLOCK_TIME: Intent.BOOK,
    Intent.ASK_NEW_TIME: Intent.RESCHEDULE,
    Intent.WHY_NOT: Intent.FIND_SLOTS,
    Intent.CHANGE_LENGTH: Intent.RESCHEDULE,
    Intent.CHANGE_TITLE: Intent.RESCHEDULE,
    Intent.CHANGE_NOTE: Intent.RESCHEDULE,
    Intent.REMOVE_GUESTS: Intent.RESCHEDULE,
    Intent.SWAP: Intent.RESCHEDULE,
    Intent.UNDO: Intent.DENY,
    Intent.TELL_TIME: Intent.OUT_OF_SCOPE,
    Intent.REMIND: Intent.OUT_OF_SCOPE,
    Intent.SET_STATUS: Intent.OUT_OF_SCOPE,
    Intent.SHOW_SETTINGS: Intent.OUT_OF_SCOPE,
}
"""The wish of CONTRACT's list that a finer one is of."""

_DAY = timedelta(days=1)
_FIRST = "book 30 min with dana tomorrow at 3pm"


def parse_lines(lines: Iterable[str], out: Callable[[str], None], *, zone: str) -> None:
    """One JSON line out for each line in, same order. Blank lines are skipped; a bad line is answered as an empty text."""
    parse_row({"text": _FIRST}, zone=zone)  # loads words and weights, so that no line pays for it
    for line in lines:
        if line.strip():
            out(json.dumps(parse_row(_read_row(line), zone=zone), ensure_ascii=False))


def _read_row(line: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def parse_row(row: Row, *, zone: str) -> Row:
    """The answer to one row of `pencil parse`."""
    reference = reference_of(row, zone=zone)
    text = row.get("text")
    began = stopwatch.perf_counter_ns()
    read = understand(text if isinstance(text, str) else "", reference)
    took = (stopwatch.perf_counter_ns() - began) / 1e6
    return {"id": row.get("id"), **describe(read, reference), "ms": round(took, 3)}


def reference_of(row: Row, *, zone: str) -> Reference:
    """What a row says to read its text against; what is missing or bad is filled in (now: this instant)."""
    name = row.get("tz")
    place = find_zone(name if isinstance(name, str) else None) or find_zone(zone) or ZoneInfo("UTC")
    context = row.get("context")
    context = context if isinstance(context, dict) else {}
    turn, bot, options, language = context.get("turn"), context.get("bot"), context.get("options"), row.get("lang")
    starts = [_instant(value, place) for value in options] if isinstance(options, list) else []
    return Reference(
        now=_instant(row.get("now"), place) or datetime.now(UTC),
        zone=place,
        options=tuple(start for start in starts if start is not None),
        bot=bot if isinstance(bot, str) else "",
        turn=turn if isinstance(turn, int) else 0,
        language=language if isinstance(language, str) else None,
    )


def _instant(value: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def describe(read: Understanding, reference: Reference) -> Row:
    """An Understanding in the keys of CONTRACT's `pencil parse`."""
    times = [bounds(moment, reference) for moment in read.moments]
    if not times and read.from_moment is not None:
        times = [bounds(read.from_moment, reference)]
    first: Row = times[0] if times else {"start": None, "end": None, "grain": None}
    return {
        "intent": family(read.intent).value,
        "wish": read.intent.value,
        "start": first["start"],
        "end": first["end"],
        "grain": first["grain"],
        **({"open": first["open"]} if "open" in first else {}),
        "times": times,
        "recurring": _repetition(read),
        "duration_minutes": _minutes(read.length),
        "people": list(read.people),
        "emails": list(read.emails),
        "mentions": list(read.mentions),
        "event_type": read.event_type,
        "timezone": read.zone,
        "choice": read.choice,
        "unread": [read.text[span.start : span.end] for span in read.unread],
        "cues": list(dict.fromkeys(sign.cue.value for sign in read.cues)),
        "doubts": list(dict.fromkeys(doubt.kind.value for doubt in read.doubts)),
    }


def family(intent: Intent) -> Intent:
    """The intent as other programs know it: `intent` keeps to a short list, `wish` says it finely."""
    return _FAMILY.get(intent, intent)


def _repetition(read: Understanding) -> str | None:
    return rrule(read.recurrence) if read.recurrence else None


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def rrule(recurrence: Recurrence) -> str:
    """The repetition as RFC 5545 writes it, without its prefix; UNTIL is a date."""
    parts = [f"FREQ={recurrence.frequency.value.upper()}"]
    if recurrence.interval != 1:
        parts.append(f"INTERVAL={recurrence.interval}")
    if recurrence.weekdays:
        places = [str(place) for place in recurrence.nth] or [""]
        parts.append("BYDAY=" + ",".join(place + _WEEKDAYS[day] for place in places for day in recurrence.weekdays))
    if recurrence.pick:
        parts.append(f"BYSETPOS={recurrence.pick}")
    if recurrence.month_days:
        parts.append("BYMONTHDAY=" + ",".join(map(str, recurrence.month_days)))
    if recurrence.count is not None:
        parts.append(f"COUNT={recurrence.count}")
    elif recurrence.until is not None:
        parts.append(f"UNTIL={recurrence.until:%Y%m%d}")
    return ";".join(parts)


def _minutes(length: timedelta | None) -> float | int | None:
    if length is None:
        return None
    minutes = length.total_seconds() / 60
    return int(minutes) if minutes == int(minutes) else round(minutes, 3)


def bounds(moment: Moment, reference: Reference) -> Row:
    """A moment as `{"start", "end", "grain"[, "open"]}`; `end` is exclusive, None for an instant or one day."""
    zone = (find_zone(moment.zone) if moment.zone else None) or reference.zone
    today = reference.now.astimezone(zone).date()
    start, end = _edges(moment, today, zone)
    if moment.open is Open.BEFORE:
        start = None
    elif moment.open is Open.AFTER:
        end = None
    row: Row = {
        "start": _written(start, reference),
        "end": _written(end, reference),
        "grain": Grain.MINUTE.value if moment.grain is Grain.HOUR else moment.grain.value,
    }
    return row | ({"open": moment.open.value} if moment.open else {})


def _edges(moment: Moment, today: date, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
    if moment.exact is not None:
        return moment.exact, (moment.exact if moment.open is Open.BEFORE else None)
    first = moment.days.first if moment.days else today
    last = moment.days.last if moment.days else today
    hours = moment.hours
    if hours is None:
        end = wall_to_instant(last + _DAY, wall_time(0), zone)
        is_single = first == last and moment.open is None
        return wall_to_instant(first, wall_time(0), zone), (None if is_single else end)
    start = wall_to_instant(first, hours.start or wall_time(0), zone)
    if hours.end is None:
        return start, (start if moment.open is Open.BEFORE else None)
    final = last if moment.is_through else first
    rolls = hours.end == wall_time(0) or (final == first and hours.start is not None and hours.end <= hours.start)
    return start, wall_to_instant(final + _DAY if rolls else final, hours.end, zone)


def _written(value: datetime | None, reference: Reference) -> str | None:
    return value.astimezone(reference.zone).isoformat() if value else None


def explain(text: str, reference: Reference) -> str:
    """The reading of one text as lines: words with rules, moments, entities, intent and its rivals, what was not read."""
    read, words = word_fates(text, reference)
    lines = [read.text, "", *(f"time      {_shown(moment, read, reference)}" for moment in read.moments)]
    if read.from_moment:
        lines.append(f"instead of {_shown(read.from_moment, read, reference)}")
    lines += [f"not       {_shown(moment, read, reference)}" for moment in read.excluded]
    lines += [f"{name:9} {value}" for name, value in _facts(read)]
    rivals = ", ".join(f"{rival.intent.value} {rival.score:.2f}" for rival in read.rivals)
    lines.append(f"intent    {read.intent.value} {read.score:.2f}" + (f"  (rivals: {rivals})" if rivals else ""))
    lines += [f"unread    «{read.text[span.start : span.end]}»" for span in read.unread]
    lines += [f"cue       {_cue(sign, read)}" for sign in read.cues]
    lines += [f"doubt     {doubt.kind.value} «{read.text[doubt.span.start : doubt.span.end]}»" for doubt in read.doubts]
    lines += [f"word      {_fate(fate, read)}" for fate in words]
    lines += [f"rule      {line}" for line in read.trace]
    return "\n".join(lines)


def _shown(moment: Moment, read: Understanding, reference: Reference) -> str:
    row = bounds(moment, reference)
    side = f", open {moment.open.value}" if moment.open else ""
    words = read.text[moment.span.start : moment.span.end]
    return f"«{words}» {row['start'] or '…'} – {row['end'] or '…'} ({moment.grain.value}{side}; {moment.rule})"


def _fate(fate: Fate, read: Understanding) -> str:
    return f"«{read.text[fate.span.start : fate.span.end]}» {fate.kind.value} {fate.by}".rstrip()


def _cue(sign: Sign, read: Understanding) -> str:
    far = f" by {sign.amount}" if sign.amount is not None else ""
    return f"{sign.cue.value}{far} «{read.text[sign.span.start : sign.span.end]}» (row «{sign.row}»)"


def _facts(read: Understanding) -> list[tuple[str, str]]:
    minutes = _minutes(read.length)
    facts = [
        ("length", f"{minutes} min" if minutes is not None else ""),
        ("repeats", _repetition(read) or ""),
        ("zone", read.zone or " or ".join(read.zones)),
        ("people", ", ".join((*read.people, *read.emails, *read.mentions))),
        ("without", ", ".join((*read.excluded_people, *filter(None, (read.excluded_type,))))),
        ("type", read.event_type or read.named_type),
        ("place", f"{read.place.kind.value} {read.place.app} {read.place.detail}".strip() if read.place else ""),
        ("topic", read.topic),
        ("reason", read.reason),
        ("choice", str(read.choice) if read.choice is not None else ""),
        ("language", read.language),
    ]
    facts += read.details
    return [(name, value) for name, value in facts if value]
