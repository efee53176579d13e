"""What follows a yes or a no and tells why: «yes, the client pulled out», «no, too late for me».

Behind a yes most words only say yes once more («sure, go ahead», «yes, and omar too»): there they must tell of somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.cues.reading import words_of
from bot.language.cues.verbs import LINKS
from bot.language.moods.texts import Text
from bot.language.moods.words import mood_words
from bot.language.signs import Cue

if TYPE_CHECKING:
    from bot.language.meaning import Sign
    from bot.language.normalise import Utterance

_LEAST = 2
_LEAST_OF_OWN = 4
"""Words of a clause about oneself: «i agree» tells nothing, «we hired somebody else» does."""
_ORDERING = frozenset((Cue.CANCELS, Cue.MOVES, Cue.GO_AHEAD, Cue.ALSO, Cue.INSTEAD))


def remark_behind(utterance: Utterance, signs: tuple[Sign, ...]) -> str:
    """The words behind the yes or no that opens a text, where they tell why; else empty."""
    opening = next((sign for sign in signs if sign.cue is Cue.YES or sign.cue is Cue.NO), None)
    if opening is None:
        return ""
    rest = utterance.text[opening.span.end :].strip(" .!,;:–-")
    if len(rest.split()) < _LEAST:
        return ""
    is_told = opening.cue is Cue.NO or _tells(utterance, signs, opening.span.end)
    return rest if is_told else ""


def _tells(utterance: Utterance, signs: tuple[Sign, ...], place: int) -> bool:
    """Whether what stands there is a clause about somebody or opens with «because», and orders nothing."""
    known = mood_words(utterance.language)
    if known is None or any(sign.cue in _ORDERING and sign.span.start >= place for sign in signs):
        return False
    text = Text(utterance, known, words_of(utterance))
    behind = [at for at, start in enumerate(utterance.starts) if start >= place and text.words[at][:1].isalnum()]
    first = next((at for at in behind if text.words[at] not in LINKS), -1)
    if first < 0:
        return False
    word, size = text.words[first], sum(at >= first for at in behind)
    is_of_other = known.has("others", word) or known.has("because", word) or text.is_surely_named(first)
    return size >= (_LEAST if is_of_other else _LEAST_OF_OWN) and (is_of_other or known.has("own", word))
