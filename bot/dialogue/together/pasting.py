"""Plain text with the next free times, for a mail to somebody who has no buttons here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import FindSlots, SlotsFound
from bot.dialogue.buttons import ButtonRow, link_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import TogetherRequest
from bot.dialogue.finding import looking, propose
from bot.dialogue.talk import do, say, show
from bot.dialogue.together.sharing import as_slots
from bot.dialogue.wording import booking as slot_words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.together import sharing as words
from bot.scheduling.times import find_zone

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.context import Step
    from bot.dialogue.talk import Talk

_A_DAY = 2
_DAYS = 3


def offer(talk: Talk, request: TogetherRequest) -> Step:
    """Look for the next free times."""
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None:
        return say(talk, slot_words.no_event_types(talk.service))
    return do(
        talk, FindSlots(queries=propose.queries(wanted, propose.wish_of(wanted, talk), choice, talk)), Doing.PASTING
    )


def found(talk: Talk, outcome: Outcome) -> Step:
    """The text, in the zone that was named for its reader, else the asker's own."""
    request = talk.conversation.request
    if not isinstance(request, TogetherRequest) or not isinstance(outcome, SlotsFound):
        return say(talk, common.broken())
    wanted = as_slots(request)
    choice = looking.choice_for(talk, wanted)
    if choice is None:
        return say(talk, common.broken())
    reader = next((one.zone for one in request.people if one.zone), None)
    zone = find_zone(request.zone) or find_zone(reader) or talk.zone
    slots = propose.fitting(looking.gathered(talk, wanted, outcome.slots), propose.wish_of(wanted, talk))
    shown = propose.spread(slots, zone, days=_DAYS, a_day=_A_DAY)
    if not shown:
        return say(talk, words.nothing_to_share())
    what = slot_words.kind_of(choice.kind, choice.length)
    url = choice.kind.booking_url
    text = words.paste(what, [times.stretch(slot, zone, talk.now) for slot in shown], url)
    page = (ButtonRow(buttons=(link_button("page", words.open_page(), url),)),) if url.startswith("https://") else ()
    lead = words.paste_lead()
    return show(talk, request, f"{lead}\n{text}", (common.line(lead), common.line(text), *page))
