"""Wishes that a cue tells where no row does: in other languages the cues are richer than the phrases of intents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.said.limits import read_limits
from bot.language.entities.said.terms import read_terms
from bot.language.intents.deeds import deed_of
from bot.language.meaning import Intent, LimitKind
from bot.language.signs import Cue

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.finding import IntentRead
    from bot.language.meaning import Moment, Sign
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_WISHES = {
    Cue.ASKS_TITLE: Intent.CHANGE_TITLE,
    Cue.ASKS_LENGTH: Intent.CHANGE_LENGTH,
    Cue.ASKS_NOTE: Intent.CHANGE_NOTE,
    Cue.ASKS_GUEST_OUT: Intent.REMOVE_GUESTS,
    Cue.ASKS_BUFFER: Intent.SET_LIMITS,
    Cue.ASKS_LIMIT: Intent.SET_LIMITS,
    Cue.ASKS_RESEND: Intent.RESEND,
    Cue.ASKS_SWAP: Intent.SWAP,
}
"""The one that stands first wins."""
_OF_LIMITS = frozenset((Cue.ASKS_BUFFER, Cue.ASKS_LIMIT))
_ABSENT = frozenset((Cue.OUT_OF_OFFICE, Cue.VACATION, Cue.SICK, Cue.ON_A_TRIP))
_OF_FORMS = {
    Cue.FORM_ANSWERS: Intent.SHOW_SUBMISSIONS,
    Cue.FORM_TIMES: Intent.ROUTE_FORM,
    Cue.FORM_LIST: Intent.SHOW_FORMS,
}
"""Wishes about routing forms, whatever else they were taken for; the first that is said counts."""
_FIRST = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.UNDO))
"""What is done to a meeting comes first: «cancel the call about the form»."""
_ORDERED = {Cue.CANCELS: Intent.CANCEL, Cue.MOVES: Intent.RESCHEDULE}
_ENDS_A_SERIES = frozenset((Cue.CANCELS, Cue.SERIES))
_NEVER_ENDS = frozenset((Intent.OUT_OF_SCOPE, Intent.BOOK, Intent.DENY))
"""What «end the series» is taken for where only its other words are known."""
_MAY_BE_TERMS = frozenset(
    (
        Intent.OUT_OF_SCOPE,
        Intent.BOOK,
        Intent.DENY,
        Intent.FIND_SLOTS,
        Intent.CHANGE_EVENT_TYPE,
        Intent.HELP,
        Intent.REFINE,
        Intent.NEWS_ON,
        Intent.REMOVE_GUESTS,
    )
)
"""What terms of an event type are taken for where no row knows them."""
_MAY_BE_ABROAD = frozenset(
    (Intent.SHOW_PENDING, Intent.LIST_BOOKINGS, Intent.AFFIRM, Intent.SHARE_TIMES, Intent.RESCHEDULE, Intent.SELECT)
)
"""Likewise in other languages, where the rows of terms are told more surely than these."""
_BOOKS = frozenset(
    ("book", "schedule", "reserve", "find", "get", "plan", "arrange", "hold", "what", "when", "which", "how")
)
_LASTS = frozenset((Cue.ASKS_LENGTH, Cue.FOLLOWS))
_FIRST_WORDS = 3
_LINKS = ("link", "lien", "enlace", "リンク", "链接")
_ALLOWS = frozenset(("let", "allow", "people", "clients", "customers", "guests"))
"""«let people book intro every 15 minutes»."""
_ASKS = frozenset((Cue.ASKS_WHERE, Cue.ASKS_WHEN, Cue.ASKS_WHO))
_ASKED_OF = frozenset((Intent.BOOK, Intent.OUT_OF_SCOPE))
"""What «wo ist das treffen mit lena?» is read as by its noun."""
_RENAMES = frozenset(("rename", "retitle"))
_OF_STANDING = frozenset((Cue.STANDING, Cue.OWN_CALENDAR))
_COARSE = frozenset((Intent.CANCEL, Intent.RESCHEDULE, Intent.OUT_OF_SCOPE, Intent.BOOK, Intent.LIST_BOOKINGS))
"""What such a wish was read as, where only its verb is known."""


def of_own_time(found: IntentRead, times: TimesRead, signs: Collection[Sign]) -> IntentRead:
    """«can my 3pm be at 3:30», «make my 3pm 3:30»: the meeting at the one time goes to the other."""
    may_be = found.intent in _OF_OWN or (found.intent is Intent.CANCEL and all(s.cue is not Cue.CANCELS for s in signs))
    if times.from_moment is None or not (may_be and times.moments):
        return found
    place = times.from_moment.span.start
    if place > times.moments[0].span.start:
        return found  # «book kim at 3 instead of my 2pm»
    if not any(sign.cue is Cue.STANDING and sign.span.start < place < sign.span.end for sign in signs):
        return found
    return found._replace(intent=Intent.RESCHEDULE, trace=(*found.trace, "intent reschedule: of a time of one's own"))


_OF_OWN = frozenset((Intent.BOOK, Intent.FIND_SLOTS, Intent.LIST_BOOKINGS, Intent.OUT_OF_SCOPE, Intent.CHANGE_LENGTH))
"""What «make my 3pm 3:30» may be read as by its other words."""


def finer(
    found: IntentRead, signs: Collection[Sign], utterance: Utterance, entities: EntitiesRead, *, is_timed: bool
) -> IntentRead:
    """The intent, told more finely by a cue; a guest goes out only where somebody is named, an absence has its days."""
    names_people = bool(entities.people or entities.emails or entities.mentions)
    if found.intent is Intent.TIME_OFF and _is_of_others(utterance, signs, names_people=names_people):
        return found._replace(intent=Intent.OUT_OF_SCOPE, trace=(*found.trace, "intent out_of_scope: others are away"))
    if (deed := deed_of(utterance, found.intent)) is not None:
        return found._replace(intent=deed, trace=(*found.trace, f"intent {deed.value}: what was done"))
    if found.intent is Intent.RESCHEDULE and not names_people and not is_timed and _moves_home(signs):
        return found._replace(
            intent=Intent.OUT_OF_SCOPE, trace=(*found.trace, "intent out_of_scope: who moved is who writes")
        )
    if found.intent is Intent.OUT_OF_SCOPE and _reminds_before(signs):
        return found._replace(intent=Intent.REMIND, trace=(*found.trace, "intent remind: before whose meeting"))
    told = _told_finely(found, signs, utterance.language, names_people=names_people, is_timed=is_timed)
    if entities.event_type and not names_people and told.intent in _OF_TYPES:
        return _of_type(told, signs, utterance, is_timed=is_timed)
    if told.intent is Intent.ADD_GUESTS and ":" in utterance.words and not (entities.emails or entities.mentions):
        colon = utterance.starts[utterance.words.index(":")]
        is_said_of_it = all(span.start < colon for span in entities.people_spans) and names_people
        return told._replace(intent=Intent.CHANGE_NOTE) if is_said_of_it else told
    return told


_OF_TYPES = frozenset((Intent.CHANGE_LENGTH, Intent.OUT_OF_SCOPE))


def _reminds_before(signs: Collection[Sign]) -> bool:
    """«remind me a day before lena's meeting»."""
    is_before = any(sign.cue is Cue.BEFORE_WHOM and sign.amount for sign in signs)
    return is_before and any(sign.cue is Cue.REMINDS for sign in signs)


def _moves_home(signs: Collection[Sign]) -> bool:
    """«i moved to london»: of where one lives, and of no meeting."""
    return any(sign.cue is Cue.TRAVELS for sign in signs) and all(sign.cue is not Cue.FOLLOWS for sign in signs)


def _of_type(told: IntentRead, signs: Collection[Sign], utterance: Utterance, *, is_timed: bool) -> IntentRead:
    """What is wanted of an event type, where one is named and nobody: its length, its link, whether it is seen."""
    cues = {sign.cue for sign in signs}
    if told.intent is Intent.CHANGE_LENGTH:
        if is_timed or Cue.STANDING in cues:
            return told
        return told._replace(intent=Intent.CHANGE_EVENT_TYPE, trace=(*told.trace, "intent change_event_type: a type's"))
    text = utterance.text.lower()
    if any(word in text for word in _LINKS):
        return told._replace(intent=Intent.CREATE_LINK, trace=(*told.trace, "intent create_link: of a type"))
    if not is_timed and not cues.isdisjoint((Cue.HIDDEN, Cue.SHOWN)):
        return told._replace(intent=Intent.CHANGE_EVENT_TYPE, trace=(*told.trace, "intent change_event_type: is seen"))
    return told


def _is_of_others(utterance: Utterance, signs: Collection[Sign], *, names_people: bool) -> bool:
    """«is sam on vacation next week», «my boss is on leave»: of somebody else's days; «am i off?» asks for one's own."""
    words = utterance.words
    if _ABSENT.isdisjoint([sign.cue for sign in signs]):
        return False
    if words[:1] == ("am",) and utterance.language == "en":
        return True
    is_theirs = names_people or not _ROLES.isdisjoint(words)
    return is_theirs and not _COPULAS.isdisjoint(words) and _FIRST_PERSON.isdisjoint(words)


_COPULAS = frozenset(("is", "isn't", "was", "are", "ist", "sind", "hat", "está", "están", "est", "sont", "è"))
_ROLES = frozenset(
    ("boss", "manager", "team", "colleague", "colleagues", "chef", "kollege", "kollegin", "jefe", "jefa")
)
_FIRST_PERSON = frozenset(
    (
        *("i", "i'm", "im", "i'll", "i've", "we", "we're", "we'll", "me", "us", "ich", "wir", "mich", "uns", "yo", "estoy"),
        *("estaré", "estamos", "je", "j'ai", "suis", "serai", "nous", "sono"),
    )
)  # fmt: skip


def _told_finely(
    found: IntentRead, signs: Collection[Sign], language: str, *, names_people: bool, is_timed: bool
) -> IntentRead:
    cues = {sign.cue for sign in signs}
    if found.intent in _NEVER_ENDS and cues >= _ENDS_A_SERIES:
        return found._replace(intent=Intent.CANCEL, trace=(*found.trace, "intent cancel: a series is ended"))
    if found.intent is Intent.BOOKING_STATUS and Cue.CONDITION in cues:
        act = next((_ORDERED[sign.cue] for sign in signs if sign.cue in _ORDERED), None)
        if act is not None:  # «sag lena nur ab, wenn sie nicht zugesagt hat»: what is known of it is but the condition
            return found._replace(intent=act, trace=(*found.trace, f"intent {act.value}: under a condition"))
    if found.intent not in _FIRST and (asked := next((cue for cue in _OF_FORMS if cue in cues), None)) is not None:
        wish = _OF_FORMS[asked]
        return found._replace(intent=wish, trace=(*found.trace, f"intent {wish.value}: cue {asked.value}"))
    is_notice = found.intent is Intent.BOOK and Cue.ASKS_LIMIT in cues and not is_timed  # «4 hours notice for intro»
    is_ahead = any(sign.cue is Cue.ASKS_LIMIT and sign.row.endswith("ahead|advance") for sign in signs)
    is_limit = is_ahead and found.intent in _MAY_LIMIT  # «nobody can book me less than a day ahead»
    if (found.intent is Intent.OUT_OF_SCOPE or is_notice or is_limit) and not names_people and cues & _OF_LIMITS:
        return found._replace(intent=Intent.SET_LIMITS, trace=(*found.trace, "intent set_limits: by its cue"))
    is_swap = (
        found.intent is Intent.RESCHEDULE
        and Cue.ASKS_SWAP in cues
        and any(sign.cue is Cue.ASKS_SWAP and not sign.row.endswith("for") for sign in signs)
    )
    if is_swap and language == "en" and (is_timed or names_people):
        return found._replace(intent=Intent.SWAP, trace=(*found.trace, "intent swap: by its cue"))
    is_renamed = Cue.ASKS_TITLE in cues and any(sign.cue is Cue.ASKS_TITLE and sign.row in _RENAMES for sign in signs)
    is_standing = names_people or not _OF_STANDING.isdisjoint(cues)
    if language == "en" and is_renamed and found.intent in _COARSE and is_standing:
        return found._replace(intent=Intent.CHANGE_TITLE, trace=(*found.trace, "intent change_title: by its verb"))
    of_it = names_people and not is_timed and cues >= _LASTS  # «das mit kim dauert eher zwei stunden»
    if language == "en" or not (found.intent in _COARSE or (of_it and found.intent is Intent.FIND_SLOTS)):
        return found
    if found.intent in _ASKED_OF and not _ASKS.isdisjoint(cues) and (Cue.STANDING in cues or names_people):
        return found._replace(intent=Intent.LIST_BOOKINGS, trace=(*found.trace, "intent list_bookings: asks of it"))
    gone = {Cue.ASKS_SWAP} if _goes_elsewhere(signs, is_timed=is_timed and names_people) else set[Cue]()
    for cue, wish in _WISHES.items():
        if cue in cues - gone and _is_about_standing(wish, found.intent, cues, names_people=names_people):
            return found._replace(intent=wish, trace=(*found.trace, f"intent {wish.value}: cue {cue.value}"))
    if found.intent is Intent.OUT_OF_SCOPE and is_timed and not names_people and cues & _ABSENT:
        return found._replace(intent=Intent.TIME_OFF, trace=(*found.trace, "intent time_off: an absence"))
    return found


_MAY_LIMIT = frozenset((Intent.TIME_OFF, Intent.SET_HOURS, Intent.FIND_SLOTS, Intent.HOLD))


def _goes_elsewhere(signs: Collection[Sign], *, is_timed: bool) -> bool:
    """«cambia ana y bo una hora más tarde», «cambia ana al jueves y bo al viernes»: moved both, not one for the other."""
    is_step = any(sign.cue in _STEPS and sign.holds_amount for sign in signs)
    return is_step or (is_timed and any(sign.row.startswith("cambia ") for sign in signs if sign.cue is Cue.ASKS_SWAP))


_STEPS = frozenset((Cue.EARLIER, Cue.LATER))


def _is_about_standing(wish: Intent, read: Intent, cues: set[Cue], *, names_people: bool) -> bool:
    """Whether it is a change to what stands: «book it, it shall take an hour» is not."""
    if wish is Intent.CHANGE_LENGTH and read is Intent.BOOK:
        return Cue.STANDING in cues
    return wish is not Intent.REMOVE_GUESTS or (names_people and Cue.EXCEPT not in cues)


def of_terms(found: IntentRead, utterance: Utterance, entities: EntitiesRead, dated: Sequence[Moment]) -> IntentRead:
    """«offer intro every 45 minutes», «intro must ask for the budget»: what is said of a type that was named, no booking.

    `dated` are the times read; what is part of a term («al massimo 3 settimane prima») is none.
    """
    opening = utterance.words[:_FIRST_WORDS]
    if (not _BOOKS.isdisjoint(opening) and opening[0] not in _ALLOWS) or (dated and utterance.language == "en"):
        return found
    limits, spans = read_terms(utterance.text, entities.place, utterance.language)
    if any(not any(o.start < one.span.end and one.span.start < o.end for o in spans) for one in dated):
        return found
    if not limits and utterance.language == "en" and entities.event_type and "?" not in utterance.words:
        goes = found.intent is Intent.REMOVE_GUESTS  # «remove the approval from intro»
        limits = tuple(one for one in read_limits(utterance.text) if (one.kind is LimitKind.APPROVAL) is goes)
    is_described = any(limit.kind is LimitKind.DESCRIPTION for limit in limits)
    may_be = found.intent in _MAY_BE_TERMS or (utterance.language != "en" and found.intent in _MAY_BE_ABROAD)
    if not limits or not (may_be or is_described) or ("?" in utterance.words and utterance.language != "en"):
        return found
    return found._replace(
        intent=Intent.SET_LIMITS, trace=(*found.trace, "intent set_limits: the terms of an event type")
    )
