"""What an event type that is to be made is called, in other languages: «neuer termintyp: Erstgespräch, 40 minuten», «crée un
type Point de 20 minutes», «25分の「面談」という種類».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.meaning import Span
from bot.values import pattern

if TYPE_CHECKING:
    from bot.language.normalise import Utterance

_NOUNS = (
    r"termin(?:typ|art)|(?:meeting|event|buchungs)typ|event[ -]typ|typ"
    r"|types? (?:de |d')(?:rendez[ -]?vous|rdv|réunion|événement)|type d'appel|type"
    r"|tipos? de (?:cita|reunión|evento|encuentro|llamada)|tipos? di (?:appuntamento|incontro|evento|riunione)"
    r"|tipos? de (?:reunião|compromisso|encontro)|tipo|afspraaktype|meetingtype|type afspraak|soort afspraak"
)
_CALLING = (
    r"namens|mit (?:dem )?namen|genannt|appelée?|nommée?|qui s'appelle|llamad[oa]|que se llam[ae]|con nombre|di nome"
    r"|chiamat[oa]|che si chiama|genaamd|met de naam|die|chamad[oa]|com o? ?nome"
)
_END = (
    r"(?=\s*(?:$|[,.;:!?(]|\d|mit\b|von\b|für\b|zu\b|de\s+\d|d'une\b|di\s+\d|da\s+\d|van\s+\d|met\b|con\b|avec\b|com\b|dauert|dure\b"
    r"|anlegen|an\s*$|erstellen|aan\s*$|maken|pour\b|para\b|per\b|voor\b))"
)
_NAMED = pattern(rf"\b(?:{_NOUNS})\b(?:\s+(?:{_CALLING})\b)?\s*:?\s*(?P<name>[^\W\d_][\w'&/ -]*?){_END}")
_CALLED = pattern(rf"\b(?:namens|genannt|appelée?|nommée?|genaamd)\s+(?P<name>[^\W\d_][\w'&/ -]*?){_END}")
_EASTERN = (
    pattern(r"(?:叫做?|名为|名叫|名称是)\s*[\"「『“]?(?P<name>[^\s」』\"”，。,的]{1,20})"),
    pattern(r"[「『](?P<name>[^」』]{1,30})[」』]\s*(?:という|の)?"),
    pattern(r"(?P<name>[^\s、。の分「」]{1,20})という(?:種類|タイプ|イベント|予約)"),
)
_NO_NAMES = frozenset(
    ("an", "neu", "bitte", "nouveau", "nuevo", "nuovo", "novo", "nieuw", "ist", "est", "es", "è", "é", "soll", "wird")
)
_HINTS = ("typ", "terminart", "tipo", "soort afspraak", "类型", "種類", "タイプ", "イベント")


def name_abroad(utterance: Utterance) -> tuple[str, Span] | None:
    """The name of a new type and where it stands; None where the text names none, or is in English."""
    text = utterance.text
    low = text.lower()
    if utterance.language == "en" or not any(hint in low for hint in _HINTS):
        return None
    patterns = _EASTERN if utterance.language in {"ja", "zh"} else (_CALLED, _NAMED)
    for one in patterns:
        found = one.search(low)
        if found is not None and found["name"].split()[0] not in _NO_NAMES:
            start, end = found.span("name")
            return text[start:end].strip(), Span(start, end)
    return None
