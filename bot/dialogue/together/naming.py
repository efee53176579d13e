"""Names become people: the one who is meant is put into the wish, of several one question asks, nobody is guessed.

A name that fits nobody stays a name, and the card asks for the address as it always did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts.together import FindPeople, PeopleFound
from bot.dialogue.buttons import ButtonRow, resume_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import BookingRequest, SlotRequest, TimeRequest, TogetherRequest
from bot.dialogue.talk import Talk, do, go_on, say, show
from bot.dialogue.together.company import Peopled, bare_names, halves_of, joined, parted, people_of, renamed
from bot.dialogue.wording import common
from bot.dialogue.wording.together import people as words
from bot.language.meaning import Intent
from bot.scheduling.replacing import replace
from bot.scheduling.together.people import key_of

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.acts.together import Known
    from bot.dialogue.context import Decision, Step
    from bot.scheduling.models import Person

_MOST_NAMESAKES = 8


def look_for(talk: Talk, request: Peopled) -> Step | None:
    """Ask who the bare names of the wish are; None when there is none."""
    names = bare_names(request)
    groups, in_thread = (request.groups, request.in_thread) if isinstance(request, SlotRequest) else ((), False)
    if not names and not groups and not in_thread:
        return None
    asked = tuple(dict.fromkeys((*names, *(half for name in names for half in halves_of(name)))))
    return do(talk.asking(request), FindPeople(names=asked, groups=groups, in_thread=in_thread), Doing.NAMING)


def people_found(talk: Talk, outcome: Outcome) -> Decision:
    """Put everybody who was found into the wish, or ask which one is meant."""
    request = talk.conversation.request
    if not isinstance(outcome, PeopleFound):
        return say(talk, common.broken())
    if not isinstance(request, SlotRequest | TogetherRequest | BookingRequest | TimeRequest):
        return say(talk, common.broken())
    wanted = bare_names(request)
    for name, known in outcome.found:
        if name not in wanted:
            continue  # half of one
        here = [one for one in known if one.person.member is None or one.person.member != talk.context.asker.member]
        active = [one for one in here if not one.is_deactivated]
        if len(active) > 1:
            return _which(talk, request, name, active[:_MOST_NAMESAKES])
        if len(active) == 1:
            request = _meant(request, name, active[0].person)
            talk = talk.leading(words.is_guest(active[0].person.name)) if active[0].is_guest else talk
        elif not here and (both := _two_people(talk, name, outcome)):
            request = parted(request, name, both)
            talk = talk.leading(words.taken_for_two([one.name for one in both]))
        else:
            talk = talk.leading(words.has_left(here[0].person.name)) if here else talk
            request = _outside(request, name)
    if isinstance(request, SlotRequest) and (request.groups or request.in_thread):
        if not outcome.gathered:
            talk = talk.leading(words.nobody_gathered(request.groups))
        others = [one for one in outcome.gathered if one.member != talk.context.asker.member]
        request = joined(replace(request, groups=(), in_thread=False), others)
    return go_on(_with_unknown(talk, request), request)


def _two_people(talk: Talk, name: str, outcome: PeopleFound) -> tuple[Person, ...]:
    """«dana omar», where nobody is called so and each of the two is known."""
    known = dict(outcome.found)
    both = [[one for one in known.get(half, ()) if not one.is_deactivated] for half in halves_of(name)]
    people = tuple(found[0].person for found in both if len(found) == 1)
    is_asker = any(one.member is not None and one.member == talk.context.asker.member for one in people)
    return people if len(people) > 1 and key_of(people[0]) != key_of(people[1]) and not is_asker else ()


def _with_unknown(talk: Talk, request: Peopled) -> Talk:
    """That of several people, or of the one who is asked about, nobody is known to us; of some the answer itself says it."""
    people = people_of(request)
    least = 1 if request.intent is Intent.FIND_SLOTS else 2
    is_unknown = len(people) >= least and not any(one.member or one.email or one.zone for one in people)
    return talk.leading(words.unknown([one.name for one in people])) if is_unknown else talk


def _which(talk: Talk, request: Peopled, name: str, known: list[Known]) -> Step:
    people = [one.person for one in known]
    buttons = tuple(
        resume_button(f"w{number}", words.namesake(person, people), _meant(request, name, person))
        for number, person in enumerate(people, start=1)
    )
    other = resume_button("other", words.somebody_else(), _outside(request, name))
    text = words.which_one(name, people)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(*buttons, other))))


def _meant(request: Peopled, name: str, person: Person) -> Peopled:
    return renamed(request, lambda one: person if one.name == name and not one.email and not one.member else one)


def _outside(request: Peopled, name: str) -> Peopled:
    return replace(request, outsiders=(*request.outsiders, name.casefold()))
