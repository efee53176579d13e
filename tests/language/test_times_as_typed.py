"""Whole sentences as people type them, read against one Monday in November: the times first, then the ways to say them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import DoubtKind, Intent, Open, Reference
from bot.language.report import bounds, rrule
from bot.language.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
REFERENCE = Reference(now=datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN), zone=BERLIN)


def times_in(text: str) -> str:
    """Every time of the text: its start, and its end where it has one."""
    said = [bounds(moment, REFERENCE) for moment in understand(text, REFERENCE).moments]
    return " | ".join("..".join(_short(row[key]) for key in ("start", "end") if row[key]) for row in said)


def _short(value: object) -> str:
    return str(value)[:16].removesuffix("T00:00")


def cases(families: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(expected, text) for expected, texts in families.items() for text in texts]


TIMES = {
    # a weekday and the number of its day, in every language
    "2026-12-03T16:00": [
        "Termin mit ines@acme.io am Do 3. um 16 Uhr",
        "ines@acme.io donnerstag 3., 16 uhr",
        "rendez-vous avec ines@acme.io jeudi 3 à 16h",
        "cita con ines@acme.io el jueves día 3 a las 16",
        "reunião com ines@acme.io quinta, dia 3, às 16h",
        "riunione con ines@acme.io giovedì 3 alle 16",
        "afspraak met ines@acme.io op donderdag de 3e om 16 uur",
    ],
    "2026-12-08T10:00": [
        "book ines@acme.io on tuesday, the 8th at 10",
        "riunione con ines@acme.io martedì l'8 alle 10",
        "riunione con ines@acme.io l'8 dicembre alle 10",
        "book ines@acme.io 8.12. 10 uhr",
        "3日ではなく8日火曜日の10時",
    ],
    "2026-11-27T09:30": ["ines@acme.io am Freitag 9.30 Uhr", "Termin mit ines@acme.io am 27.11.26 9.30"],
    # days in a row
    "2026-12-08..2026-12-11": [
        "was ist zwischen dem 8. und 10.12. frei",
        "was ist zwischen 8. und 10. Dezember frei",
        "what's free between the 8th and 10th of december",
        "quando sei libero dall'8 al 10 dicembre",
        "qué hay libre entre el 8 y el 10 de diciembre",
        "o que está livre entre 8 e 10 de dezembro",
    ],
    "2026-12-14..2026-12-17": [
        "was hast du 14.12.–16.12. frei?",
        "dispo du 14 au 16/12 ?",
        "qu'est-ce qui est libre du 14 au 16/12",
        "¿libre del 14 al 16/12?",
        "libero dal 14 al 16/12?",
        "o que tens livre de 14 a 16/12",
    ],
    # a weekday of a month
    "2027-01-08": ["book ines@acme.io on the second friday of january"],
    "2027-01-01": [
        "book ines@acme.io one friday in january",
        "un viernes de enero",
        "a friday in january",
        "ein Freitag im Januar",
    ],
    " | ".join(f"2026-12-{day:02}T13:00..2026-12-{day:02}T17:00" for day in (1, 8, 15, 22, 29)): [
        "any tuesday in december after lunch"
    ],
    # clocks in words
    "2026-11-27T15:40": ["ines@acme.io twenty to four on friday", "friday at twenty to four"],
    "2026-11-27T14:50": ["ines@acme.io friday, ten to three", "ines@acme.io friday ten to three"],
    "2026-11-27T14:00": [
        "ines@acme.io friday at fourteen hundred",
        "ines@acme.io friday fourteen hundred hours",
        "book ines@acme.io friday 14 uhr",
    ],
    "2026-11-27T09:00": ["ines@acme.io friday at oh nine hundred", "nine hundred hours on friday"],
    "2026-11-27T10:00..2026-11-27T15:00": ["free on friday from ten to three"],
    "2026-11-25T08:00..2026-11-25T12:00": ["ines@acme.io first thing wednesday", "wednesday first thing in the morning"],
}  # fmt: skip


@pytest.mark.parametrize(("expected", "text"), cases(TIMES))
def test_times_are_read_as_they_are_typed(expected: str, text: str) -> None:
    read = times_in(text)

    assert read.split(" | ")[-1] == expected if "ではなく" in text else read == expected


NO_SUCH_TIME = [
    "book ines@acme.io tomorrow at 25:00",
    "book ines@acme.io today at 13:75",
    "ines@acme.io friday 9:30 to 26:00",
    "buche ines@acme.io morgen um 25 Uhr",
    "réserve ines@acme.io demain à 10h75",
    "move it to friday at 24:61",
    "ines@acme.io tomorrow at 24:30",
]


@pytest.mark.parametrize("text", NO_SUCH_TIME)
def test_a_clock_that_no_day_has_names_no_time(text: str) -> None:
    read = understand(text, REFERENCE)

    assert (read.moments, [doubt.kind for doubt in read.doubts]) == ((), [DoubtKind.NO_SUCH_TIME])


@pytest.mark.parametrize("text", ["a 50:50 chance that it is friday", "the score was 21:75", "give me 72h notice"])
def test_a_score_is_no_clock(text: str) -> None:
    assert DoubtKind.NO_SUCH_TIME not in [doubt.kind for doubt in understand(text, REFERENCE).doubts]


@pytest.mark.parametrize(
    "text", ["ines@acme.io on the 32nd at 3", "book it for the 35th of december", "am 33. um 9 Uhr"]
)
def test_a_day_that_no_month_has_is_no_date(text: str) -> None:
    assert DoubtKind.NO_SUCH_DATE in [doubt.kind for doubt in understand(text, REFERENCE).doubts]


def test_a_missing_date_is_quoted_as_a_whole() -> None:
    read = understand("3月32日の10時に ines@acme.io と予約して", REFERENCE)
    span = read.doubts[0].span

    assert read.text[span.start : span.end].startswith("3月32日")


REPEATED = {
    "FREQ=WEEKLY;BYDAY=TU;COUNT=3": [
        "buche ines@acme.io jeden Dienstag um 10, dreimal",
        "buche ines@acme.io dienstags um 10, 3 mal",
        "reserva con ines@acme.io cada martes a las 10, 3 veces",
        "réserve avec ines@acme.io chaque mardi à 10h, trois fois",
        "marca com ines@acme.io toda terça às 10h, 3 vezes",
        "fissa con ines@acme.io ogni martedì alle 10, 3 volte",
        "plan ines@acme.io in elke dinsdag om 10 uur, drie keer",
        "每周二上午10点和 ines@acme.io 开会，3次",
        "毎週火曜10時に ines@acme.io と会議、3回",
        "book ines@acme.io every tuesday 10am x3",
    ]
}


@pytest.mark.parametrize(("expected", "text"), cases(REPEATED))
def test_how_often_is_counted_in_every_language(expected: str, text: str) -> None:
    recurrence = understand(text, REFERENCE).recurrence

    assert recurrence is not None
    assert rrule(recurrence) == expected


FORTNIGHTLY = [
    "buche ines@acme.io alle 14 Tage mittwochs um 15 Uhr",
    "book ines@acme.io every 14 days on wednesdays at 3",
    "cita con ines@acme.io cada quince días los miércoles a las 15",
    "rendez-vous avec ines@acme.io tous les quinze jours le mercredi à 15h",
    "reunião com ines@acme.io a cada 15 dias às quartas às 15h",
]


@pytest.mark.parametrize("text", FORTNIGHTLY)
def test_so_many_days_beside_a_weekday_are_weeks(text: str) -> None:
    recurrence = understand(text, REFERENCE).recurrence

    assert recurrence is not None
    assert rrule(recurrence) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"


ENDING = {
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261206": ["book ines@acme.io every weekday next week at 9"],
    "FREQ=DAILY;UNTIL=20261129": [
        "book ines@acme.io daily at 10 for the rest of the week",
        "buche ines@acme.io täglich um 10 für den Rest der Woche",
    ],
}


@pytest.mark.parametrize(("expected", "text"), cases(ENDING))
def test_a_repetition_ends_with_the_stretch_that_was_said_with_it(expected: str, text: str) -> None:
    recurrence = understand(text, REFERENCE).recurrence

    assert recurrence is not None
    assert rrule(recurrence) == expected


def test_a_contradiction_keeps_the_clock_behind_it() -> None:
    doubt = understand("book ines@acme.io tomorrow, wednesday, at 2", REFERENCE).doubts[0]

    assert [bounds(moment, REFERENCE)["start"] for moment in doubt.moments] == [
        "2026-11-24T14:00:00+01:00",
        "2026-11-25T14:00:00+01:00",
    ]


def test_a_minus_inside_a_clock_leaves_nothing_out() -> None:
    read = understand("reserva con ines@acme.io mañana a las cuatro menos cuarto", REFERENCE)

    assert (times_in(read.text), read.doubts) == ("2026-11-24T15:45", ())


REFUSED = [
    ("2026-11-30..2026-12-07", "2026-12-04", "what's free next week, no fridays"),
    ("2026-11-30..2026-12-07", "2026-12-04", "what's free next week but no fridays"),
    ("2026-11-30..2026-12-07", "2026-12-04", "was geht nächste Woche, keine Freitage"),
    ("2026-11-30..2026-12-07", "2026-12-04", "vrij volgende week, geen vrijdagen"),
    ("2026-11-24", "2026-11-23T08:00", "what's free tomorrow, no mornings"),
    ("2026-11-24", "2026-11-23T08:00", "was geht morgen, keine Vormittage"),
    ("2026-11-24", "2026-11-23T08:00", "qu'est-ce qui est libre demain, pas de matins"),
    ("2026-11-24", "2026-11-23T08:00", "quando sei libero domani, non di mattina"),
    ("2026-11-30..2026-12-07", "2026-12-04T12:00", "what's free next week, no friday afternoon"),
    ("", "2026-11-23T08:00", "no mornings please"),
]


@pytest.mark.parametrize(("wanted", "refused", "text"), REFUSED)
def test_a_no_in_front_of_times_leaves_them_out(wanted: str, refused: str, text: str) -> None:
    read = understand(text, REFERENCE)

    assert (times_in(text), [_short(bounds(one, REFERENCE)["start"]) for one in read.excluded]) == (wanted, [refused])


@pytest.mark.parametrize("text", ["book ines@acme.io tomorrow, no friday", "tomorrow, no wait, friday"])
def test_a_no_that_corrects_still_does(text: str) -> None:
    assert times_in(text) == "2026-11-27"


def test_times_in_german_is_a_small_word_too() -> None:
    assert times_in("können wir um 3 mal kurz reden") == "2026-11-23T15:00"


LENGTHS = {
    Open.BEFORE: [
        "ines@acme.io friday 2pm, no more than 45 minutes",
        "ines@acme.io friday 2pm, 45 min max",
        "ines@acme.io friday 2pm 45 minutes or less",
        "ines@acme.io Freitag 14 Uhr, höchstens 45 Minuten",
        "ines@acme.io vendredi 14h, 45 minutes maximum",
    ],
    Open.AFTER: [
        "ines@acme.io friday 2pm for at least 45 minutes",
        "ines@acme.io Freitag 14 Uhr mindestens 45 Minuten",
        "cita con ines@acme.io el viernes a las 14, al menos 45 minutos",
    ],
    None: ["ines@acme.io friday 2pm 45 minutes", "45 minutes with Max friday 2pm"],
}


@pytest.mark.parametrize(("side", "text"), [(side, text) for side, texts in LENGTHS.items() for text in texts])
def test_a_longest_or_shortest_length_is_told_from_an_exact_one(side: Open | None, text: str) -> None:
    read = understand(text, REFERENCE)

    assert (read.length, read.length_side, read.doubts) == (timedelta(minutes=45), side, ())


HOURS = [
    "mondays and fridays 10 to 3",
    "we're open mondays and fridays 10 to 3",
    "office hours mondays and fridays 10-3",
    "montags und freitags arbeite ich 10 bis 15 Uhr",
    "trabajo los lunes y viernes de 10 a 15",
    "je travaille le lundi et vendredi de 10h à 15h",
    "lavoro il lunedì e venerdì dalle 10 alle 15",
    "ik werk op maandag en vrijdag van 10 tot 15 uur",
]


@pytest.mark.parametrize("text", HOURS)
def test_working_hours_are_told_without_a_verb_and_in_other_languages(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.intent is Intent.SET_HOURS
    assert ([said.day for said in read.weekdays], read.stretches) == ([0, 4], ((time(10), time(15)),))


@pytest.mark.parametrize(
    "text",
    [
        "working hours mon to thu 9-5, fri 9-1",
        "9-5 mon to thu and 9-1 on fri are my hours",
        "ich arbeite mo bis do 9 bis 17 Uhr, fr 9 bis 13 Uhr",
        "mi horario es de lunes a jueves de 9 a 17 y los viernes de 9 a 13",
    ],
)
def test_each_weekday_has_the_hours_that_were_said_for_it(text: str) -> None:
    read = understand(text, REFERENCE)

    found = {(said.weekdays, said.start.hour, said.end.hour) for said in read.week}
    assert (read.intent, found) == (Intent.SET_HOURS, {((0, 1, 2, 3), 9, 17), ((4,), 9, 13)})


LOOKS = [
    "is the 7/12 any good?",
    "times between the 8th and the 10th please",
    "can we do late friday morning",
    "any afternoon this week apart from wednesday",
    "how's thursday at 3?",
    "qué tienes libre el jueves",
    "cosa hai di libero giovedì",
    "¿libre los días 14 y 15 de diciembre?",
    "when's my earliest gap next tuesday",
    "can you find me 45 min before lunch on thursday",
    "qu'est-ce qui est libre jeudi",
]


@pytest.mark.parametrize("text", LOOKS)
def test_a_time_asked_about_is_looked_up(text: str) -> None:
    assert understand(text, REFERENCE).intent is Intent.FIND_SLOTS


@pytest.mark.parametrize("text", ["anything free before 10 tomorrow?", "my friday hours are 9-12 from now on"])
def test_what_was_read_is_not_said_to_be_left_out(text: str) -> None:
    assert understand(text, REFERENCE).left_out == ()


LENGTHS_BEFORE_WHO = {
    60: [
        "buche 1h mit zoe@example.org morgen",
        "1h mit Zoe am freitag",
        "termin freitag 10h, 1h lang",
        "réserve 1h avec zoe@example.org demain",
        "reserva 1h con zoe@example.org mañana",
        "prenota 1h con zoe@example.org domani",
        "marca 1h com zoe@example.org amanhã",
        "boek 1h met zoe@example.org morgen",
    ],
    120: ["buche 2 h mit zoe@example.org am freitag", "réserve 2h avec zoe@example.org jeudi"],
}


@pytest.mark.parametrize(("minutes", "texts"), LENGTHS_BEFORE_WHO.items())
def test_hours_with_somebody_are_a_length(minutes: int, texts: list[str]) -> None:
    read = {text: understand(text, REFERENCE) for text in texts}

    assert {text: one.length for text, one in read.items()} == dict.fromkeys(texts, timedelta(minutes=minutes))
    assert all(
        moment.hours is None or moment.hours.start == time(10) for one in read.values() for moment in one.moments
    )


@pytest.mark.parametrize(
    "text",
    [
        "buche morgen um 2h mit zoe@example.org",
        "réserve demain à 2h avec zoe@example.org",
        "reserva mañana a las 2h con zoe@example.org",
        "boek morgen om 2 uur met zoe@example.org",
        "morgen 14h mit zoe@example.org",
    ],
)
def test_a_clock_with_somebody_stays_a_clock(text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.length is None
    assert [moment.hours.start for moment in read.moments if moment.hours is not None] == [time(14)]
