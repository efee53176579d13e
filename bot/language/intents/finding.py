"""What the writer wants: rows say which intents are possible, the model ranks them, rules overrule.

    sketch ─ model.rank ─→ intents by likelihood ─ rows ─→ the first that a row proposes ─ rules ─→ IntentRead

What would change something needs a row: the model alone never makes such a card, it is out of scope.
"""

from __future__ import annotations

from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from bot.language.entities.tokens import opening, tokens_in
from bot.language.intents import model
from bot.language.intents.rows import EVERYDAY, all_rows, facts, first_row, fitting, may_manage, sure_row
from bot.language.locales.phrases import Spoken, read_spoken
from bot.language.meaning import Certainty, Intent, Rival, Span
from bot.language.sketch import Piece, Sketch, sketch, vocabulary
from bot.values import NamedTuple, quick

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.language.entities.reading import EntitiesRead
    from bot.language.intents.rows import Fitting, Row
    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance
    from bot.language.times.moments import TimesRead

_PLAIN_ANSWERS = frozenset((Intent.AFFIRM, Intent.DENY))
_HOURS = "hours"
_FEW = 5
"""Words of an answer in another language that a time or a length alone makes one: «lieber eine Stunde»."""
_SHORT = 8
"""Words of an answer that may consist of nothing but times, names or places."""
_SLIGHT = frozenset((Intent.HELP, Intent.GREETING))
"""What is no more than a word beside an address and a time: «help desk»."""
_FLOOR = 0.02
"""A proposed intent less likely than this is no candidate."""
_OUT = Intent.OUT_OF_SCOPE
_ALONE = dict.fromkeys(("help", "affirm", "deny", "select", "refine", "more_options"), 0.5) | dict.fromkeys(
    ("list_bookings", "find_slots", "greeting"), 0.85
)
"""Intents that only look or answer may stand without a row when they are so likely."""
_OUTSIDE = 0.7
"""Out of scope needs no row, so it weighs a little less than what a row proposes."""
_REMEMBERED = 8192
"""Pieces of sketches of which it is kept whether they tell anything; they recur."""
_CLEAR = 0.75
"""A first so likely needs no look at the others."""
_NARROW = 2.5
"""How much more a row tells of an intent that manages an account: such rows are narrow."""


@quick
class IntentRead(NamedTuple):
    """The intent, how sure, and its rivals. `covered` are the spans of the words that gave it."""

    intent: Intent
    score: float = 1.0
    rivals: tuple[Rival, ...] = ()
    covered: tuple[Span, ...] = ()
    trace: tuple[str, ...] = ()


def find_intent(utterance: Utterance, reference: Reference, times: TimesRead, entities: EntitiesRead) -> IntentRead:
    """The intent of the utterance."""
    utterance = opening(utterance)
    drawn = sketch(utterance, reference, entities.people_spans)
    if not drawn.pieces:
        return IntentRead(intent=_answer_by_sign(utterance, drawn))
    learnt = model.weights()
    titled = tokens_in((entities.type_span,), utterance) if entities.type_span is not None else ()
    if (spoken := read_spoken(utterance, learnt.words, titled)) is not None:
        return _translated(spoken, utterance, drawn, times, entities)
    size = len(drawn.pieces)
    fit = fitting(facts(drawn, _situation(utterance, drawn, reference, times, entities)), size)
    sure = sure_row(fit)
    rivals: tuple[Rival, ...] = ()
    if sure:
        chosen = Rival(intent=sure.intent, score=1.0, rule=sure.example)
    else:
        chosen, rivals = _choose(model.rank(drawn, learnt, may_manage=may_manage(fit)), fit)
    if chosen.intent is _OUT and not drawn.asked and _is_ordered(utterance, drawn, times, entities):
        chosen = Rival(intent=Intent.BOOK, score=chosen.score, rule="(to book, and nothing but whom and when)")
    if chosen.intent in _PLAIN_ANSWERS and size == 1 and not sure and _is_unknown(drawn, learnt.words):
        chosen = Rival(intent=_OUT, score=chosen.score)
    is_short_abroad = utterance.language != "en" and size <= _FEW and bool(times.moments or times.length)
    if chosen.intent is _OUT and drawn.asked and (is_short_abroad or _is_all_read(utterance, times, entities)):
        chosen = Rival(intent=Intent.REFINE, score=chosen.score, rule="(nothing but times, names or places)")
    if chosen.intent is _OUT and not drawn.asked and is_short_abroad and (entities.emails or entities.mentions):
        chosen = Rival(intent=Intent.BOOK, score=chosen.score, rule="(somebody and a time)")
    return IntentRead(
        intent=chosen.intent,
        score=chosen.score,
        rivals=rivals,
        covered=_covered(utterance, drawn, sure) if chosen.intent is not _OUT else (),
        trace=(f"intent {chosen.intent.value}: " + (f"like «{chosen.rule}»" if chosen.rule else "no row is likelier"),),
    )


def _is_ordered(utterance: Utterance, drawn: Sketch, times: TimesRead, entities: EntitiesRead) -> bool:
    """Whether nothing but whom and when is told, and to book it: «book kim@acme.io 3 mar 9h30», «3 mar 9h30 with …»."""
    is_act = "bookv" in drawn.pieces[0].classes
    names_both = bool(times.moments) and bool(entities.emails or entities.mentions)
    is_told = is_act or "with" in utterance.words
    return is_told and names_both and _is_all_read(utterance, times, entities, idle=_IDLE, first=int(is_act))


def _is_unknown(drawn: Sketch, known: Collection[str]) -> bool:
    """One word that nobody knows is no yes and no no: it may be what was asked for."""
    piece = drawn.pieces[0]
    return not piece.classes and piece.mark not in known


def _situation(
    utterance: Utterance, drawn: Sketch, reference: Reference, times: TimesRead, entities: EntitiesRead
) -> list[str]:
    """The facts that do not stand in the sketch."""
    found = ["ANSWER"] if drawn.asked else []
    if reference.options:
        found.append("OPTIONS")
    if entities.event_type is not None:
        found.append("EVENT_TYPE")
    if any(name == "channel" for name, _ in entities.details):
        found.append("CHANNEL")
    if times.moments:
        found.append("T")
        if any(m.days is not None and m.days.certainty is Certainty.KNOWN for m in times.moments):
            found.append("DATED")
    if times.stretches:
        found.append("STRETCH")
    if times.length is not None:
        found.append("L")
    elif _HOURS in utterance.words:
        found.append("HOURS")
    if times.zone or times.zones:
        found.append("ZONE")
    if times.recurrence is not None:
        found.append("EVERY")
    if len(drawn.pieces) == 1 and "greet" in vocabulary().classes.get(utterance.words[drawn.places[0]], ()):
        found.append("GREETS")
    return found


def _translated(
    spoken: Spoken, utterance: Utterance, drawn: Sketch, times: TimesRead, entities: EntitiesRead
) -> IntentRead:
    """The intent of a text in another language; without a phrase, a time is an answer or a question for one."""
    intent = spoken.intent
    if intent is _OUT and drawn.asked and times.length is not None and not spoken.is_barred:
        intent = Intent.REFINE
    if intent is Intent.DENY and drawn.asked and (times.moments or times.excluded):
        intent = Intent.REFINE  # «nein, freitag», «vendredi ça va pas»
    if intent is Intent.DENY and not drawn.asked and times.moments and len(entities.people) == 1:
        intent = _OUT  # «lena passt donnerstag doch nicht, lieber freitag»
    if intent is _OUT and (times.moments or times.length) and not spoken.is_barred:
        names_somebody = entities.people or entities.emails or entities.mentions
        by_time = Intent.BOOK if entities.emails or entities.mentions else Intent.FIND_SLOTS
        intent = Intent.REFINE if drawn.asked else by_time if names_somebody else _OUT
    if intent in _SLIGHT and (entities.emails or entities.mentions) and times.moments:
        intent = Intent.BOOK
    covered = (
        Span(start, end)
        for word, start, end in zip(utterance.words, utterance.starts, utterance.ends, strict=True)
        if spoken.knows(word)
    )
    return IntentRead(
        intent=intent,
        covered=tuple(covered),
        trace=(f"intent {intent.value}: «{spoken.phrase}» ({spoken.language.language})",),
    )


def _choose(ranked: list[tuple[Intent, float]], fit: Fitting) -> tuple[Rival, tuple[Rival, ...]]:
    """The likeliest intent that a row proposes, and the others worth naming."""
    weighed: list[tuple[float, Intent, str]] = []
    of_intent = all_rows().of_intent
    first = True
    for name, share in ranked:
        if share < _FLOOR:
            break
        if name is _OUT:
            weighed.append((share * _OUTSIDE, name, ""))
        elif row := first_row(fit & of_intent[name]):
            weighed.append((share if name in EVERYDAY else share * _NARROW, name, row.example))
        elif share > _ALONE.get(name, 1.0):
            weighed.append((share, name, ""))
        if first and weighed and share > _CLEAR:
            break
        first = False
    if not weighed:
        return Rival(intent=_OUT, score=0.5), ()
    weighed.sort(reverse=True)
    total = max(sum(item[0] for item in weighed), 1.0)
    told = [Rival(intent=name, score=share / total, rule=example) for share, name, example in weighed]
    return told[0], tuple(told[1:])


def _is_all_read(
    utterance: Utterance, times: TimesRead, entities: EntitiesRead, *, idle: Collection[str] = (), first: int = 0
) -> bool:
    """Whether other readers stand on every word from one on: «chicago» after «which zone?»."""
    spans = (*times.covered, *entities.covered)
    if not spans or (len(utterance.words) > _SHORT and not idle):
        return False
    return all(
        any(span.start <= start < span.end for span in spans)
        for start, word in zip(utterance.starts[first:], utterance.words[first:], strict=True)
        if word[:1].isalnum() and word not in idle
    )


_IDLE = frozenset(("on", "at", "the", "for", "with", "sharp", "please"))
"""Words beside whom and when that change nothing."""
_YES_SIGNS = frozenset("👍✅👌🆗✔☑")
_YES_NAMES = frozenset(
    ("+1", "thumbsup", "white_check_mark", "heavy_check_mark", "ballot_box_with_check", "ok", "ok_hand")
)
_NO_NAMES = frozenset(("-1", "thumbsdown", "x", "no_entry", "no_entry_sign", "no_good", "negative_squared_cross_mark"))
_NO_SIGNS = frozenset("👎❌🚫✖")


def _answer_by_sign(utterance: Utterance, drawn: Sketch) -> Intent:
    """A thumb is an answer if something had been asked; any other text without words is nothing."""
    if drawn.asked:
        named = {value for kind, value in utterance.atoms.values() if kind == "emoji"}
        if not (_YES_SIGNS.isdisjoint(utterance.text) and _YES_NAMES.isdisjoint(named)):
            return Intent.AFFIRM
        if not (_NO_SIGNS.isdisjoint(utterance.text) and _NO_NAMES.isdisjoint(named)):
            return Intent.DENY
    return _OUT


class _Telling(dict["Piece", bool]):
    """Whether a piece is read with the intent by what the model knows; others are worth saying back when nobody reads them."""

    def __missing__(self, piece: Piece) -> bool:
        if len(self) > _REMEMBERED:
            self.clear()
        names = piece.classes
        is_known = not all(name == "occ" or name.startswith("off") for name in names) or names == ("off", "off_ask")
        self[piece] = tells = is_known if names else piece.mark in model.weights().words
        return tells


@cache
def _telling() -> _Telling:
    return _Telling()


def _covered(utterance: Utterance, drawn: Sketch, sure: Row | None) -> tuple[Span, ...]:
    """The spans of words that the reading of the intent knows, or that the row asks for that decided; neighbours in one."""
    spans = []
    starts, ends = utterance.starts, utterance.ends
    first = open_until = -1
    tells = list(map(_telling().__getitem__, drawn.pieces))
    if sure is not None:
        tells = [told or sure.asks_for(piece.mark) for told, piece in zip(tells, drawn.pieces, strict=True)]
    for place, last in compress(zip(drawn.places, drawn.lasts, strict=True), tells):
        if first < 0:
            first = place
        elif place > open_until + 1:
            spans.append(Span(starts[first], ends[open_until]))
            first = place
        open_until = last
    if first >= 0:
        spans.append(Span(starts[first], ends[open_until]))
    return tuple(spans)
