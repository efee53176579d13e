"""The people of a search as they were seen just now, and how a time for them stands on a card: its row, its costs, its presses.

A row says every clock that differs: «08:00 for Bo» where that is outside of Bo's hours, «09:00 New York» where it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.families import SlotRequest, TogetherRequest
from bot.dialogue.finding.card import slot_request, when_of
from bot.dialogue.together import company, consent
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import people as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import Party, Source, key_of
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.dialogue.buttons import Button
    from bot.dialogue.finding.event_types import TypeChoice
    from bot.dialogue.talk import Talk
    from bot.scheduling.models import Slot
    from bot.scheduling.together.people import Common, CommonTime, Participant

_MOST = 8
_MOST_ASKED = 3
_MOST_INSTEAD = 4
_LEAST_TO_POLL = 2
_MOST_TO_POLL = 5
_MOST_COSTLY = 3
"""So many times that cost somebody something stand behind those that suit best."""
_ASKED = frozenset({Source.HOURS, Source.NOTHING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """The people of the wish, as they were seen just now."""

    talk: Talk
    request: SlotRequest
    choice: TypeChoice
    seen: tuple[Participant, ...]

    @property
    def names(self) -> dict[str, str]:
        """What everybody is called: by first names where that tells them apart."""
        people = {key_of(one): one.name for one in company.people_of(self.request)}
        shorts = [words.short(name) for name in people.values()]
        return {
            key: words.short(name) if shorts.count(words.short(name)) == 1 else common.cut(name, 30)
            for key, name in people.items()
        }

    @property
    def zones(self) -> dict[str, ZoneInfo]:
        """Whose clock is which, as far as it is known."""
        return {one.id: self.talk.told_in(one.zone) for one in self.seen if one.zone is not None}

    @property
    def either(self) -> tuple[Participant, ...]:
        """Those of whom one is enough."""
        return company.alternatives(self.request, self.seen)

    @property
    def called(self) -> str:
        """«you, Dana and Omar», «you and Dana or Omar», in the order in which they were said."""
        names, either = self.names, self.either
        needed = [names[one.id] for one in self.seen if one not in either]
        return words.everybody(needed, [names[one.id] for one in either])

    def best(self, slots: tuple[Slot, ...], most: int = _MOST) -> Common:
        """The best of these times."""
        return find_common(slots, company.parties(self.request, self.seen), zone=self.talk.zone, most=most)

    def enough(self, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """Those of the times at which as many can come as are wanted at least."""
        least = self.request.quorum
        if not least:
            return slots
        found = self.best(slots, len(slots)).times
        return tuple(sorted(time.slot for time in found if len({*time.coming} - {*time.stretched}) >= least))

    def alone(self, person: Participant, slot: Slot) -> CommonTime:
        """One time for one of them."""
        return find_common((slot,), (Party(anyone=(person,)),), zone=self.talk.zone).times[0]

    def narrowed(self, chosen: Sequence[str]) -> Circle:
        """The same for these alone, of people of whom one is enough."""
        request = replace(company.only(self.request, chosen), is_either=False)
        return replace(self, request=request, seen=tuple(one for one in self.seen if one.id in chosen))

    def who_can(self, slot: Slot) -> list[CommonTime]:
        """Of those of whom one is enough everybody who can, each alone, the one who would be taken first."""
        best = self.best((slot,)).times[0].coming
        able = [time for one in self.either if not (time := self.alone(one, slot)).absent]
        return sorted(able, key=lambda time: time.coming[0] not in best)

    @property
    def is_known(self) -> bool:
        """Whether there is more to say than one person's hours."""
        return len(self.seen) > 1 or any(one.is_checked for one in self.seen)


def instead(circle: Circle, time: CommonTime) -> tuple[Button, ...]:
    """The others of whom one is enough, each with the clock there, for who would rather have them."""
    request, either = slot_request(circle.request, time.slot), {one.id for one in circle.either}
    others = [one for one in circle.who_can(time.slot) if one.coming[0] not in time.coming]
    needed = [key for key in time.coming if key not in either]
    return tuple(
        resume_button(
            f"w{number}",
            _instead_with(circle, one),
            replace(company.only(request, (*needed, *one.coming)), is_either=False),
        )
        for number, one in enumerate(others[:_MOST_INSTEAD], start=1)
    )


def _instead_with(circle: Circle, alone: CommonTime) -> str:
    (key,) = alone.coming
    return words.instead_with(
        circle.names[key],
        words.there(alone.slot, circle.zones.get(key), circle.talk.zone),
        is_outside=bool(alone.stretched),
        is_checked=any(one.is_checked for one in circle.seen if one.id == key),
    )


def _whoever(circle: Circle, time: CommonTime) -> tuple[str, ...]:
    """Of those of whom one is enough who can inside their hours; where there is none, who can at all."""
    able = circle.who_can(time.slot)
    return tuple(one.coming[0] for one in able if not one.stretched) or tuple(one.coming[0] for one in able[:1])


def costs(circle: Circle, time: CommonTime) -> tuple[str, ...]:
    """What is said behind a time: with whom of several, without whom, at what hour for whom."""
    if able := _whoever(circle, time):
        who = words.with_any_of([circle.names[key] for key in able])
        return (who, *words.cost(time, circle.names, circle.zones, circle.talk.zone))
    return words.cost(time, circle.names, circle.zones, circle.talk.zone)


def rows(circle: Circle, found: Common) -> tuple[list[ButtonRow], list[CommonTime]]:
    """Those that suit best in order of time, those with a cost behind them in order of what they cost."""
    talk = circle.talk
    best = [time for time in found.times if time.rank == found.times[0].rank]
    rest = [time for time in found.times if time.rank != found.times[0].rank][:_MOST_COSTLY]
    shown = [*sorted(best, key=lambda time: time.slot), *rest]
    buttons = [_button(circle, number, time) for number, time in enumerate(shown, start=1)]
    days: dict[str, list[Button]] = {}
    for time, button in zip(shown, buttons, strict=True):
        day = times.day(time.slot.start, talk.zone, talk.now) if time in best else ""
        days.setdefault(day, []).append(button)
    return [ButtonRow(buttons=tuple(row), title=day or slot_words.or_instead()) for day, row in days.items()], shown


def _button(circle: Circle, number: int, time: CommonTime) -> Button:
    request, own = slot_request(circle.request, time.slot), circle.talk.zone
    if time.absent and time.coming and not request.is_either:
        request = company.only(request, time.coming)
    day = times.moment(time.slot.start, own, circle.talk.now)
    coming = tuple(dict.fromkeys((*_whoever(circle, time), *time.coming)))
    clocks = words.elsewhere(replace(time, coming=coming), circle.zones, own)
    label = words.row_label(day, (*costs(circle, time), *clocks))
    return resume_button(f"s{number}", label, request, hint=when_of(circle.talk, circle.request, time.slot))


def polling(circle: Circle, shown: list[CommonTime]) -> list[Button]:
    """Put the best of these times to the vote instead."""
    if len(circle.seen) < _LEAST_TO_POLL or len(shown) < _LEAST_TO_POLL or circle.request.is_either:
        return []
    request = circle.request
    wish = TogetherRequest(
        intent=Intent.POLL,
        people=company.people_of(request),
        event_type=circle.choice.kind.id,
        length=request.length,
        slots=tuple(sorted(time.slot for time in shown[:_MOST_TO_POLL])),
    )
    return [resume_button("poll", words.poll_these(), wish)]


def asking(circle: Circle) -> list[Button]:
    """Those who could say more, and whom the asker may ask."""
    people = {key_of(one): one for one in company.people_of(circle.request)}
    silent = [one.id for one in circle.seen if one.source in _ASKED and people[one.id].member]
    return [consent.ask_button(n, people[key], circle.names[key]) for n, key in enumerate(silent[:_MOST_ASKED])]


def unchecked(circle: Circle) -> list[str]:
    """Why each of those who were not looked at was not."""
    names = circle.names
    return [words.why_not_checked(one, names[one.id]) for one in circle.seen if not one.is_checked]
