"""Working hours as people tell them: what closes, what opens, what holds on one date, in every language."""

from __future__ import annotations

import pytest
from deeds import hours_written as written

THOSE = [
    ("Tue–Fri 09:00–17:00; Sun 10:00–16:00", ["close mondays and add sundays 10-4", "close mondays, open sundays 10 to 4"]),
    ("Mon 08:00–12:00; Tue–Thu 09:00–17:00", ["open mondays 8-12 and close fridays"]),
    ("Mon, Wed and Fri 09:00–17:00; Sat 10:00–14:00", ["close tuesdays and thursdays, open saturdays 10-2"]),
    (
        "Tue–Fri 09:00–17:00; Sat 10:00–14:00",
        ["montags geschlossen, dafür samstags 10-14", "cierra los lunes y abre los sábados de 10 a 14",
         "fermé le lundi, le samedi de 10h à 14h", "maandags gesloten, zaterdags 10-14",
         "fecha às segundas e abre aos sábados das 10 às 14", "毎週月曜は休み、土曜は10時から14時",
         "每周一休息,周六10点到14点"],
    ),
    (
        "Mon–Thu 08:00–16:00; Fri 08:00–12:00",
        ["mondays to thursdays 8 to 4 and fridays only until 12",
         "ich arbeite ab jetzt montag bis donnerstag 8 bis 16 uhr, freitags nur bis 12",
         "je travaille du lundi au jeudi de 8h à 16h et le vendredi jusqu'à midi",
         "trabajo de lunes a jueves de 8 a 16 y los viernes hasta las 12",
         "lavoro dal lunedì al giovedì dalle 8 alle 16, il venerdì fino alle 12", "ik werk ma-do 8-16, vr tot 12",
         "trabalho de segunda a quinta das 8h às 16h e sexta até as 12h", "周一到周四8点到16点上班,周五到12点"],
    ),
    (
        "Mon–Fri 09:00–17:00; Sat 10:00–13:00",
        ["samstags 10-13 zusätzlich", "les samedis de 10h à 13h", "ajoute le samedi de 10h à 13h à mes horaires"],
    ),
    ("Mon, Tue, Thu and Fri 09:00–17:00", ["mes horaires : 9h-17h sauf mercredi", "mittwochs nehme ich keine termine an"]),
    ("Mon, Tue, Thu and Fri 09:00–17:00; Wed 09:00–12:00", ["je ne travaille plus le mercredi après-midi"]),
    ("Mon–Thu 09:00–17:00; Fri 09:00–15:00", ["le vendredi je finis à 15h"]),
    ("Mon, Wed and Fri 09:00–12:00; Tue and Thu 09:00–17:00", ["mis horarios: l/x/v 9-12", "meine zeiten: mo/mi/fr 9-12"]),
    ("Mon–Thu 09:00–18:00; Fri 09:00–13:00", ["工作时间改成周一到周四9点到18点,周五9点到13点"]),
    (
        "Mon–Fri 09:00–12:00; Mon–Fri 13:00–18:00",
        ["i work mon-fri 9-6 with lunch 12-1", "mo-fr 9-18 uhr, mittagspause 12-13 uhr",
         "je travaille du lundi au vendredi de 9h à 18h avec une pause de 12h à 13h",
         "trabajo de lunes a viernes de 9 a 18 con descanso de 12 a 13",
         "lavoro da lunedì a venerdì dalle 9 alle 18 con pausa pranzo dalle 12 alle 13",
         "segunda a sexta das 9h às 18h com almoço das 12h às 13h", "工作时间周一到周五9点到18点,午休12点到13点"],
    ),
    (
        "Mon–Thu 09:00–17:00; Fri 09:00–13:00",
        ["chiudo tutti i venerdì alle 13", "les vendredis je ferme à 13h", "los viernes cierro a las 13"],
    ),
    ("Mon 08:00–17:00; Tue–Fri 09:00–17:00", ["on mondays i'm in the office from 8, the rest of the week as usual"]),
    ("Mon, Tue, Wed and Fri 09:00–17:00; Thu 09:00–19:00", ["make thursdays end at 7pm"]),
    (
        "Tue, Thu and Fri 09:00–17:00",
        ["i don't work mondays nor wednesdays", "não trabalho às segundas nem às quartas",
         "no trabajo los lunes ni los miércoles", "je ne travaille ni le lundi ni le mercredi"],
    ),
    ("Mon, Wed and Fri 09:00–12:00; Tue and Thu 09:00–17:00", ["月水金は9時から12時まで働きます"]),
    ("Mon–Thu 09:00–17:00; Fri 09:00–13:00", ["je ferme le vendredi à 13h"]),
    ("Mon and Wed 09:00–12:00; Tue and Thu 13:00–17:00", ["mo und mi 9-12, di und do 13-17, fr zu"]),
]  # fmt: skip
DATES = [
    ("Fri 6 Mar off; Sat 7 Mar 10:00–14:00", ["close friday and open saturday 10-2"]),
    ("Thu 5 Mar 14:00–17:00", ["on thursday i can only do 2 to 5", "am donnerstag kann ich nur 14 bis 17 uhr"]),
    (
        "Fri 6 Mar 09:00–12:00",
        ["this friday i can only do the morning", "este viernes trabajo solo por la mañana",
         "ce vendredi je ne suis là que le matin"],
    ),
    (
        "Mon 2 Mar 09:00–12:00; Tue 3 Mar 09:00–12:00; Wed 4 Mar 09:00–12:00; Thu 5 Mar 09:00–12:00; Fri 6 Mar 09:00–12:00",
        ["i can only do mornings this week", "only book me in the mornings this week"],
    ),
    (
        "Thu 5 Mar off",
        ["el jueves me lo tomo libre", "je prends mon jeudi", "quinta tiro folga", "donnerstag nehme ich frei",
         "giovedì mi prendo libero", "donderdag neem ik vrij"],
    ),
    (
        "Wed 4 Mar 11:00–17:00",
        ["kommenden mittwoch bin ich erst ab 11 da", "el miércoles llego a las 11", "woensdag ben ik er pas vanaf 11 uur"],
    ),
    (
        "Sun 8 Mar 10:00–12:00",
        ["open sunday 10-12", "abre el domingo de 10 a 12", "ouvre dimanche 10h-12h", "apri domenica dalle 10 alle 12",
         "öffne sonntag 10 bis 12", "日曜10時から12時を開けて", "周日10点到12点开放", "this sunday i can work 10 to 12"],
    ),
    ("Sat 7 Mar 09:00–12:00", ["extra hours this saturday 9-12"]),
    ("Fri 6 Mar 09:00–12:00", ["blockier mir freitag nachmittag", "bloque-moi vendredi après-midi"]),
    (
        "Tue 3 Mar 09:00–14:00; Tue 3 Mar 15:30–17:00",
        ["i have an appointment at the dentist tomorrow from 2 to 3:30"],
    ),
    (
        "Mon 9 Mar off; Tue 10 Mar off; Thu 12 Mar off; Fri 13 Mar off",
        ["ich bin 9. bis 13. märz weg, aber am 11. da"],
    ),
    (
        "Fri 6 Mar 09:00–12:00; Fri 13 Mar 09:00–12:00",
        ["the next two fridays i leave at 12", "die nächsten zwei freitage mach ich um 12 schluss"],
    ),
    ("Fri 6 Mar 09:00–15:00", ["金曜は15時まで"]),
    ("Wed 4 Mar 10:00–17:00", ["水曜は10時より前はなし"]),
]  # fmt: skip


@pytest.mark.parametrize(("week", "text"), [(week, text) for week, texts in THOSE for text in texts])
def test_hours_of_every_week(week: str, text: str) -> None:
    assert written(text) == week


@pytest.mark.parametrize(
    "text",
    ["ab nächster woche arbeite ich nur noch vormittags", "from next week i only work mornings",
     "à partir de lundi prochain je ne travaille que le matin", "i'm off every second friday",
     "i'm off the first monday of each month", "los lunes no trabajo y los martes empiezo a las 11"],
)  # fmt: skip
def test_what_no_week_can_hold_is_asked_about(text: str) -> None:
    assert written(text) == ""


@pytest.mark.parametrize(("dates", "text"), [(dates, text) for dates, texts in DATES for text in texts])
def test_hours_of_dates(dates: str, text: str) -> None:
    assert written(text) == f"on {dates}"


@pytest.mark.parametrize(
    "text",
    ["meine zeiten: m/w/v 9-12", "open friday 10-12?", "montags 10 bis 12 frei?", "wann habe ich freitag frei",
     "mittwochs 9-12 mit lena@example.org", "algum horário na sexta das 10 às 12?", "freitags 10 bis 12 mit sam"],
)  # fmt: skip
def test_what_tells_no_hours_changes_none(text: str) -> None:
    assert written(text) == ""
