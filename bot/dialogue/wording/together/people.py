"""Sentences about several people: who a name means, what a time costs whom, who could not be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording import times
from bot.dialogue.wording.common import cut, listed
from bot.scheduling.together.people import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.scheduling.models import EventType, Person, Slot
    from bot.scheduling.together.people import Common, CommonTime, Participant

_YOU = "you"


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def taken_for_two(names: Sequence[str]) -> str:
    return f"I took {listed([cut(name) for name in names])} for two people."


def enough_of(least: int) -> str:
    return f"At least {least} of them can come each time; whoever cannot is named behind it."


def which_one(name: str, people: Sequence[Person]) -> str:
    return f"Which {cut(name)} do you mean: {listed([cut(one.name) for one in people], 'or')}?"


def namesake(person: Person, among: Sequence[Person]) -> str:
    """The name, with what tells it from one that is the same."""
    is_alone = sum(one.name.casefold() == person.name.casefold() for one in among) == 1
    return cut(person.name) if is_alone or not person.email else f"{cut(person.name, 30)} ({cut(person.email, 36)})"


def somebody_else() -> str:
    return "Somebody else"


def has_left(name: str) -> str:
    return f"{cut(name)} is no longer in this workspace, so I did not take that account."


def is_guest(name: str) -> str:
    return f"{cut(name)} is a guest in this workspace."


def unknown(names: Sequence[str]) -> str:
    return f"I know nobody here called {listed([cut(name, 30) for name in names], 'or')}, so only your own times count."


def nobody_gathered(groups: Sequence[str]) -> str:
    if groups:
        return f"I do not know who is in {listed([cut(group) for group in groups])}, so only your own times count."
    return "I could not tell who takes part in this thread, so only your own times count."


def short(name: str) -> str:
    """What somebody is called on a button: the first name."""
    return cut(name.split(maxsplit=1)[0] if name.split() else name, 20)


# ── a time for everybody ───────────────────────────────────────────────────────────────────────────────────────────────


def heading(whom: str, zone: ZoneInfo) -> str:
    return f"Times for {whom}, {times.place(zone)} time"


def everybody(needed: Sequence[str], either: Sequence[str]) -> str:
    """«you, Dana and Omar», «you and Dana or Omar»."""
    return listed([_YOU, *needed, *([listed(either, "or")] if either else [])])


def cost(time: CommonTime, names: Mapping[str, str], zones: Mapping[str, ZoneInfo], own: ZoneInfo) -> tuple[str, ...]:
    """What a time costs whom: «without Cy», «08:00 for Bo»; empty when it suits all."""
    start = time.slot.start
    pieces = [f"without {listed([names[one] for one in time.absent])}"] if time.absent else []
    pieces += [f"{times.clock_there(start, zones[one], own)} for {names[one]}" for one in time.stretched]
    return tuple(pieces)


def elsewhere(time: CommonTime, zones: Mapping[str, ZoneInfo], own: ZoneInfo) -> tuple[str, ...]:
    """The clocks of those who come inside their hours, where they show something else: «09:00 New York»."""
    start = time.slot.start
    said = {start.astimezone(zone).utcoffset() for one, zone in zones.items() if one in time.stretched}
    there = {
        start.astimezone(zone).utcoffset(): f"{times.clock_there(start, zone, own)} {times.place(zone)}"
        for one, zone in zones.items()
        if one in time.coming
    }
    return tuple(text for shift, text in there.items() if shift not in said | {start.astimezone(own).utcoffset()})


def row_label(day: str, beside: Sequence[str]) -> str:
    """«Mon 30 Nov 15:00, 09:00 New York»: the time with what is to be known of it, as far as a button holds it."""
    return cut(", ".join((day, *beside)), 75)


def collective(kind: EventType, names: Sequence[str]) -> str:
    return f"{cut(kind.title)} is your team's type for {listed(names)} together: it finds times for all of them and books all."


def round_robin(kind: EventType, names: Sequence[str]) -> str:
    return f"{cut(kind.title)} is your team's type for this: it goes to {listed(names, 'or')}, whoever is free."


def with_any_of(names: Sequence[str]) -> str:
    return f"with {listed(names, 'or')}"


def or_with() -> str:
    return "Or with"


def there(slot: Slot, zone: ZoneInfo | None, own: ZoneInfo) -> str:
    """«09:00 New York»; empty where the clocks show the same, or the zone is not known."""
    if zone is None or slot.start.astimezone(zone).utcoffset() == slot.start.astimezone(own).utcoffset():
        return ""
    return f"{times.clock_there(slot.start, zone, own)} {times.place(zone)}"


def instead_with(name: str, clock: str, *, is_outside: bool, is_checked: bool) -> str:
    """Somebody else who could come: «Omar (03:00 New York, outside the usual hours)»."""
    known = (clock, "outside the usual hours" if is_outside else "", "" if is_checked else "not checked")
    said = ", ".join(piece for piece in known if piece)
    return cut(f"{name} ({said})" if said else name, 75)


def found(what: str, rows: Sequence[str], checked: str) -> str:
    return f"{what}: {'; '.join(rows)}. {checked}"


def none_suits(whom: str) -> str:
    return f"No time suits {whom} there, so these are the nearest."


def no_start(what: str) -> str:
    return f"Your {what} has no free start then, so these are the nearest."


def only_with_a_cost() -> str:
    return "No time suits everybody as it is; each of these says what it costs whom."


def checked(common: Common, names: Mapping[str, str]) -> str:
    """«3 of 4 checked: …»; the asker counts, and is looked at by what their event type offers."""
    seen = len(common.checked) + 1
    total = seen + len(common.unchecked)
    left = f"; not {listed([names[one] for one in common.unchecked])}" if common.unchecked else ""
    return f"{seen} of {total} checked{left}."


def why_not_checked(person: Participant, name: str) -> str:
    match person.source:
        case Source.SILENT:
            return f"{name}'s calendar did not answer."
        case Source.NOTHING:
            return f"I know no calendar and no zone of {name}'s."
        case _:
            where = f" in {times.place(person.zone)}" if person.zone else ""
            return f"{name} does not share free times with me, so only the hours{where} count."


def who_can(time: CommonTime, names: Mapping[str, str], when: str, unchecked: Sequence[str]) -> str:
    """The answer to «who's free»."""
    coming = [names[one] for one in time.coming if one not in unchecked]
    unknown = [names[one] for one in time.coming if one in unchecked]
    pieces = [f"{listed(coming)} {'is' if len(coming) == 1 else 'are'} free on {when}"] if coming else []
    pieces += [f"{listed([names[one] for one in time.absent])} cannot"] if time.absent else []
    is_one = len(unknown) == 1
    pieces += [f"I cannot see whether {listed(unknown)} {'is' if is_one else 'are'} free"] if unknown else []
    return f"{'; '.join(pieces)}."


def poll_these() -> str:
    return "Poll these"


def all_can(names: Sequence[str], when: str) -> str:
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'} free on {when}, too."


def cannot(names: Sequence[str]) -> str:
    return f"{listed(names)} cannot then."


def at_their_hour(name: str, slot: Slot, zone: ZoneInfo, now: datetime) -> str:
    """A time outside of somebody's hours, said on the card."""
    return f"That is {times.moment(slot.start, zone, now)} for {name}, outside the usual hours there."


def busy_meanwhile(names: Sequence[str], when: str) -> str:
    return f"{listed(names)} {'has' if len(names) == 1 else 'have'} something else on {when} by now, so nothing was booked."


# ── letting colleagues see ─────────────────────────────────────────────────────────────────────────────────────────────


def see_heading() -> str:
    return "Let colleagues see when you are free?"


def may_they_see() -> str:
    return (
        "Colleagues in this workspace could then ask me for times that suit you too. "
        f"{what_is_seen()} You can take it back at any time with «stop sharing»."
    )


def what_is_seen() -> str:
    return "Only free or busy is seen, never a title, and nothing of it is kept."


def share_free() -> str:
    return "Share free times"


def keep_to_myself() -> str:
    return "Keep to myself"


def granted() -> str:
    return "Colleagues here can find times that suit you now. «stop sharing» takes it back."


def granted_once() -> str:
    return "Done, for a day and for that person only."


def withdrawn() -> str:
    return "Nobody sees when you are free any more."


def ask(name: str) -> str:
    return f"Ask {cut(name, 40)}"


def asked(name: str) -> str:
    return f"I asked {cut(name)}. Ask me for the time again once there is an answer."


def asked_before(name: str) -> str:
    return f"{cut(name)} was asked today already; I ask once a day at most."


def guests_may_not_ask(name: str) -> str:
    return f"I did not ask {cut(name)}: free times are shown to members of this workspace only, not to guests."


def question(asker: str) -> str:
    return f"{cut(asker)} is looking for a time with you. May I see when you are free?"


def only_once(name: str) -> str:
    return f"Only for {cut(name, 30)}, today"


def remember(name: str) -> str:
    return f"Remember {cut(name, 40)}"


def remembered() -> str:
    return "Kept, for you alone. «forget me» removes it with everything else."


def not_posted() -> str:
    return "I could not post it for the others: invite me to the channel, then ask again."
