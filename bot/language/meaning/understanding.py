"""Everything read from one text, and what a text is read against."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime, time, timedelta  # noqa: TC003  stored by pydantic adapters, which read annotations
from zoneinfo import ZoneInfo  # noqa: TC003  as above

from bot.language.meaning.details import (
    BareNumber,
    ClockSaid,
    Doubt,
    DoubtKind,
    Keep,
    LimitWish,
    PlaceWish,
    Rival,
    SaidHours,
    SaidWeekday,
    Sign,
    Under,
)
from bot.language.meaning.intents import Intent  # noqa: TC001  as above
from bot.language.meaning.times import Moment, Open, Recurrence, Span  # noqa: TC001  as above
from bot.language.signs import Cue  # noqa: TC001  as above
from bot.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything read from one text. What nobody read stands in `unread` (words worth saying back, not filler)."""

    text: str
    """The utterance, normalised; spans point into it."""
    intent: Intent
    moments: tuple[Moment, ...] = ()
    """Every time offered, in order («tue or wed 10-4» are two). Exclusions are not among them."""
    from_moment: Moment | None = None
    """The present time of the booking meant, in a move or cancellation («move tuesday's 3pm to friday»)."""
    from_others: tuple[Moment, ...] = ()
    """More of the present times, where several were listed («everything on thursday and friday to next week»)."""
    excluded: tuple[Moment, ...] = ()
    recurrence: Recurrence | None = None
    length: timedelta | None = None
    length_side: Open | None = None
    """Whether the length is the longest («at most») or the shortest («at least») that will do."""
    by: timedelta | None = None
    """How much longer, or below zero shorter, than it is («15 minutes longer»); `length` says the same without direction."""
    stretch: timedelta | None = None
    """How long the one time named goes on («2 to 4»): a length too, where one is wanted and none was said."""
    people: tuple[str, ...] = ()
    """Names as written, without mentions, mail addresses and the writer."""
    emails: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    """Member ids."""
    is_bare: bool = False
    """Nothing but a person and a clock time, and no word that says what is to happen («sam's at four on friday»)."""
    addressed: tuple[tuple[str, str], ...] = ()
    """Mail addresses, in small letters where a name is only near, with the names of their people: «Dana Ort <dana@acme.io>»."""
    limit: int | None = None
    """How many at most («at most 3»)."""
    is_either: bool = False
    """One of the people is enough («ana or bo»)."""
    is_each: bool = False
    """Each of the people has the time that stands in the same place («move ana and bo to 2 and 3»)."""
    optional: tuple[str, ...] = ()
    """Who need not come: names, addresses and member ids; they stand in the other lists too."""
    quorum: int | None = None
    """How many of the people are enough, whoever they are («at least two of …»)."""
    excluded_people: tuple[str, ...] = ()
    excluded_as_one: bool = False
    """Whether what is left out is at such a time and with such a person («except sam on friday»), not either."""
    """Who is left out («everything but ines»): names, addresses and member ids; they stand in none of the other lists."""
    excluded_type: str = ""
    """The kind of meeting that is left out («all but the deep dive»)."""
    excluded_picks: tuple[int, ...] = ()
    """Which of those that fit are left out, by number («all but the first»); below zero counted from the last."""
    told_only: tuple[str, ...] = ()
    """Who is only to be told something («… and tell sam»): names, addresses, members; they stand in none of the other lists."""
    beside_whom: tuple[str, ...] = ()
    """In whose meeting it is measured from («right after lena's»); they stand in none of the other lists."""
    event_type: str | None = None
    """The title, as given to the reader, of the event type that was named (fuzzily)."""
    named_type: str = ""
    """The words that name a kind of meeting (intro, deep dive, coffee, demo), also when no event type fits."""
    place: PlaceWish | None = None
    topic: str = ""
    reason: str = ""
    """Why («he's sick», «because …»), for cancellations, moves and refusals."""
    zone: str | None = None
    zones: tuple[str, ...] = ()
    """Candidates when a zone's name is ambiguous."""
    there: str | None = None
    """The zone of a place that was named as one («in dubai»): of a stay, or whose clock is asked for; no time is on it."""
    clock: ClockSaid | None = None
    """Whose clock the times are on, where more was said of it than a zone."""
    stays: tuple[tuple[str, Moment], ...] = ()
    """Where somebody is when, where several places were named: each zone with its days."""
    option: str = ""
    """Which option of the question asked was named."""
    choice: int | None = None
    """The ordinal of the option picked, from 1; `LAST` for the last."""
    choice_span: Span | None = None
    """Where it stood: «the 2nd» may be read as a day too."""
    count: int | None = None
    picks: tuple[int, ...] = ()
    """Several by their numbers on the list last shown, from 1; -1 is the last («cancel 1 and 3»)."""
    several: int | None = None
    """So many of what fits («the next three»); below zero the last ones («the last two»)."""
    limits: tuple[LimitWish, ...] = ()
    """Limits of event types that were stated («15 minutes of air after every deep dive»)."""
    keeps: frozenset[Keep] = frozenset()
    is_negated: bool = False
    whose: str = ""
    """Somebody else whose calendar is asked for («lena's calendar»)."""
    bare: BareNumber | None = None
    bare_length: timedelta | None = None
    """«the hour one»: a length only as an answer."""
    remark: str = ""
    """What follows a yes («yes, he's sick»)."""
    rest: str = ""
    """The few words beside «… instead», «no, …», «make it …», as written: a name, where one is being given."""
    weekdays: tuple[SaidWeekday, ...] = ()
    weekdays_out: tuple[int, ...] = ()
    """Weekdays that the times named leave out («9 to 5 except wednesdays»), Monday being 0."""
    stretches: tuple[tuple[time, time], ...] = ()
    week: tuple[SaidHours, ...] = ()
    """Hours that are not the same on all the weekdays named."""
    """Stretches of the day («9 to 1 and 2 to 5»), for working hours."""
    loose: tuple[str, ...] = ()
    """Content words, lower-case, that are no time, person or act: they may name a meeting or somebody in it."""
    size: int = 0
    """Words in the text."""
    details: tuple[tuple[str, str], ...] = ()
    """What management intents carry, by name: `name`, `new_name`, `url`, `provider`, `username`, `triggers` …"""
    cues: tuple[Sign, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    parts: tuple[Understanding, ...] = ()
    """The acts of a text that holds two, each read by itself."""
    language: str = "en"
    score: float = 1.0
    rivals: tuple[Rival, ...] = ()
    unread: tuple[Span, ...] = ()
    left_out: tuple[Span, ...] = ()
    """What of the unread is worth saying back."""
    trace: tuple[str, ...] = field(default=(), compare=False)
    """One line a rule that fired, for `explain`."""

    def has(self, *cues: Cue) -> bool:
        """Whether any of these cues was read."""
        for sign in self.cues:  # noqa: SIM110  asked thirty times a turn; a generator takes three times as long
            if sign.cue in cues:
                return True
        return False

    def begins_with(self, cue: Cue) -> bool:
        """Whether the text opens with this cue: «and dana», «and the other one»."""
        return any(sign.cue is cue and sign.span.start == 0 for sign in self.cues)

    def sign(self, *cues: Cue) -> Sign | None:
        """The first of these cues, the one that says how far before one that does not."""
        found = [sign for sign in self.cues if sign.cue in cues]
        return next((sign for sign in found if sign.amount is not None), found[0] if found else None)

    def doubt(self, *kinds: DoubtKind) -> Doubt | None:
        """The first doubt of these kinds."""
        return next((doubt for doubt in self.doubts if doubt.kind in kinds), None) if self.doubts else None

    def detail(self, name: str) -> str:
        """A management detail, or the empty string."""
        return dict(self.details).get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a text is read against. Everything but now and zone may be missing.

    `options` are the starts (instants) of what was last offered, in order; `bot` is what the bot had just said.
    """

    now: datetime
    zone: ZoneInfo
    event_types: tuple[str, ...] = ()
    options: tuple[datetime, ...] = ()
    under: Under = Under.NOTHING
    """Whether a time is under way: what is told of somebody's day is kept clear of."""
    bot: str = ""
    turn: int = 0
    language: str | None = None
    locale: str = ""
    """As Slack writes it (en-GB); says whether day or month come first in figures, else the zone's country does."""
    zones: tuple[str, ...] = ()
    """Candidates of a zone that we asked about; the place of one of them names it."""
    choices: tuple[str, ...] = ()
    """The options of the question that we asked; one of them named is its answer."""
    names: tuple[str, ...] = ()
    """Display names of the people mentioned, and other names worth knowing."""
    week_starts: int = 0
    """The weekday on which the writer's weeks begin, 0 = Monday."""
