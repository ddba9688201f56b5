"""The words of the log line: what each kind of interaction, give and occasion is called.

Nothing here knows how a line is read; the patterns are the vocabulary, one table a subject.
"""

import re

from netcrm.domain.patterns import pattern

PERSON = "\ue000"
"""Stands for each character of a name, so that a pattern can say where a person must be.

A private-use character: nothing that is typed means it (Unicode Standard, section 23.5).
"""

OTHER = "\ue001"
"""Stands for each character of a link or an address, in which no words are to be read."""

_P = f"{PERSON}+"
_THEM = rf"(?:{_P}|\bhim\b|\bher\b|\bthem\b)"
_US = r"\s+(?:me|us)\b"
_BY_ME = rf"(?<!{PERSON}\s)(?<!\bhe\s)(?<!\bshe\s)(?<!\bthey\s)(?<!\bwho\s)\b"
"""Not what someone else did: ``Hank sent Grace a book`` is no give of mine."""

_KINDS: tuple[tuple[str, str], ...] = (
    (
        "life event",
        r"\b(?:got\s+married|getting\s+married|married|got\s+engaged|new\s+job|moved\s+(?:to|in|back)|had\s+a\s+baby"
        r"|gave\s+birth|was\s+born|graduated|promotion|(?:was|got|been)\s+promoted|promoted\s+to|retired|passed\s+away|died)\b",
    ),
    (
        "introduced",
        rf"{_BY_ME}introduced\s+{_THEM}",
    ),
    (
        "learned",
        rf"{_BY_ME}learn(?:ed|t)\b|\b(?:taught|showed){_US}",
    ),
    (
        "taught",
        rf"{_BY_ME}(?:taught|showed|explained)\s+(?:[^.;]{{1,60}}?\sto\s+)?{_THEM}",
    ),
    (
        "received",
        r"\b(?:sent|gave|shared|lent|offered|recommended|helped|congratulated|introduced|passed(?:\s+on)?)"
        rf"{_US}|\breceived\b|\bgot\s+[^.;,]{{1,60}}?\bfrom\s+{_THEM}",
    ),
    (
        "asked",
        rf"{_BY_ME}asked\s+{_THEM}(?:(?:\s*[,&]\s*|\s+and\s+){_THEM})*\s+(?:for|to|if|whether)\b"
        rf"|{_BY_ME}asked\s+for\b",
    ),
    (
        "call",
        r"\b(?:(?:video|phone|conference|zoom)\s+call|call(?:ed)?|phoned|rang|zoom(?:ed)?|facetimed?|skyped?)\b",
    ),
    (
        "email",
        rf"\b(?:e-?mail(?:ed)?|mailed)\b|{_BY_ME}sent\s+(?:{_THEM}\s+)?an?\s+e-?mail\b",
    ),
    (
        "message",
        r"\b(?:texted|messaged?|dm(?:'?e?d)?|whatsapp(?:ed)?|signal(?:led)?|chat(?:ted)?|pinged"
        rf"|wrote\s+to|heard\s+from)\b|\bwrote\s+{_THEM}"
        rf"|{_BY_ME}sent\s+(?:{_THEM}\s+)?a\s+(?:message|text|dm)\b",
    ),
    (
        "gave",
        rf"{_BY_ME}(?:sent|gave(?!\s+(?:up|in|a\s+talk))|passed\s+on|recommended|congratulated|congrat(?:s|ulations)\s+to|helped|lent"
        r"|shared(?!\s+(?:a\s+)?(?:laugh|meal|lunch|dinner|drink|ride|table|taxi|cab)))\b",
    ),
    (
        "event",
        r"\b(?:conference|meetup|concert|workshop|seminar|hackathon|festival|exhibition|reunion|wedding"
        r"|(?:(?:dinner|birthday|garden|house|farewell|leaving)\s+)?party|(?:gave\s+a\s+)?talk(?!\s+(?:with|to)))\b",
    ),
    (
        "met",
        r"\b(?:coffee|lunch|dinner|breakfast|brunch|supper|drinks?|beers?|tea|walk(?:ed|ing)?|hik(?:e|ed|ing)|visit(?:ed)?|meet(?:ing)?"
        r"|met|saw(?!\s+that)|caught\s+up|catch(?:ing)?[\s-]up|hung\s+out|(?:ran|bumped)\s+into|talk(?:ed)?|spoke)\b",
    ),
)

KIND_WORDS = pattern(
    "|".join(f"(?P<{kind.replace(' ', '_')}>{pattern})" for kind, pattern in _KINDS), re.IGNORECASE
)
"""Finds the first words that say a kind; at one place the earlier kind of the table wins.

The group that matched is the kind, with ``_`` for a space.
"""

NO_EVENT = pattern(
    r"(?:\b(?:did|does|do|was|is|has|had|have|could|can|ca|would|wo|will)n['’]?t|\b(?:not|never|cannot))\b"
    r"(?!\s+(?:bad|only|just|believe|forget|wait)\b)"
    r"|\bno\b(?!\s*[,!])|\b(?:cancel|postpon)\w*|\bcall(?:s|ed)?\s+(?:it\s+)?off\b"
    r"|\b(?:prefers|hates|likes|dislikes|loves|enjoys|want(?:s|ed)?|offers|hop(?:es|ed|ing)\s+(?:to|for))\b"
    r"|\blook(?:s|ed|ing)\s+for(?:ward)?\b|\bwould\s+like\b|\b(?:thinking|thought)\s+(?:of|about)\b"
    r"|\bdrinks\s+(?:(?!(?:and|or|with|at|after|before)\b)\w+\s+){0,2}?(?:coffee|tea|beer|wine|water|milk)\b"
    rf"|{PERSON}\s+(?:will|is\s+going\s+to)\b",
    re.IGNORECASE,
)
"""Before the word that says a kind these say that it did not happen: ``didn't meet``, ``cancelled lunch``."""

CALLED_OFF = pattern(
    r"\b(?:was|is|got|been|has|had)\s+(?:been\s+)?(?:cancell?ed|postponed|called\s+off)\b", re.IGNORECASE
)
"""The same behind that word: ``lunch with Hank was cancelled``."""

BARE_DRINK = pattern(r"\s*(?:coffee|tea|beers?|wine)\s*[.!]?\s*", re.IGNORECASE)
"""Behind a name alone it is what someone drinks: ``Hank: tea``; ``Hank: lunch`` was one."""

WITH_SOMEONE = pattern(rf"\bwith\s+(?:\w+\s+){{0,3}}?{_THEM}", re.IGNORECASE)
"""In someone's company, whatever it was."""

KIND_PREFIXES = {
    "met": "met",
    "meeting": "met",
    "call": "call",
    "message": "message",
    "email": "email",
    "e-mail": "email",
    "mail": "email",
    "event": "event",
    "note": "note",
    "life event": "life event",
    "news": "life event",
    "learned": "learned",
    "learnt": "learned",
    "taught": "taught",
    "gave": "gave",
    "received": "received",
    "got": "received",
    "asked": "asked",
    "introduced": "introduced",
    "journal": "note",
    "diary": "note",
}
"""What can stand before a colon to say the kind. ``Lunch:`` is not among them: it belongs to the sentence."""

JOURNAL_PREFIXES = frozenset(("journal", "diary"))
"""Those of `KIND_PREFIXES` that make a line a note of one's own, which mentions whom an ``@`` names."""

GIVE_PREFIXES = {
    "todo": False,
    "to do": False,
    "give": False,
    "remember": False,
    "remember to": False,
    "promise": True,
    "promised": True,
}
"""What can stand before a colon to make a give, and whether it was promised."""

STOP_WORDS = frozenset(
    """a about after again all also am an and are as at back be because been before both but by call
    called can coffee could did do for from gave give got great had has have he her him his how i
    i'd i'll i'm i've if in into is it its just lunch may me meet met my near new no nice not note
    of on or our out over re she so some than that the their them then there they this to today
    together tomorrow us very was we went were what when where which while who will with without
    would yesterday you your""".split()
)
"""Words that no name is made of, unless it stands where a name must: they save a look-up each."""

SURELY_BEFORE_NAME = frozenset(
    "with met called phoned rang texted messaged emailed mailed introduced promised".split()
)
"""Words after which a person is named, so that a capitalised word that nobody has is one to be added."""

LIKELY_BEFORE_NAME = frozenset(
    """send sent tell told call email text ask asked thank thanked show showed taught teach introduce invite
    invited congratulate congratulated helped gave give lend lent owe owed""".split()
)
"""Words after which a person is named more often than not: ``sent Lisbon photos`` shows why not always."""

ACTS = frozenset(
    """called sent emailed texted wrote gave helped got moved is was has had told said asked recommended
    introduced came joined won shared visited""".split()
)
"""What a person does, so that a name in lower case may stand before it: ``hank sent me a link``."""

AFTER_FIRST_NAME = ACTS | frozenset("birthday bday likes loves hates prefers wants offers cancelled".split())
"""Words that show a name in lower case at the beginning of a line: ``hank bday 14/12``."""

ASIDE_WORDS = frozenset({"about", "regarding", "re"})
"""After them someone is spoken of, who need not have been there."""

TITLES = frozenset("dr mr mrs ms mx prof professor sir dame aunt auntie uncle".split())
"""Stand before a name and are no part of it."""

PARTICLES = frozenset("van von der den de del della di da do dos du la le el al bin ibn ter zu y e".split())
"""May stand in lower case inside a name."""

WEEKDAYS = pattern(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat", re.IGNORECASE)
"""Nobody is called so: ``called Hank Monday`` names Hank. ``Sun`` is a name of millions."""

NO_PLACE_AFTER = frozenset(
    """look looked looking looks laugh laughed work works worked working job role opening position
    years team people someone start started starts manager engineer designer director head intern
    year months lead""".split()
)
"""Before ``at Acme`` they make it an employer, or what was looked at, rather than where you were."""

_GIVE_KINDS: tuple[tuple[str, str], ...] = (
    ("introduction", r"introduc\w*|intro|connect\s+\S+\s+(?:to|with)|put\s+\S+\s+in\s+touch"),
    ("recommendation", r"recommend\w*|reference|endorse\w*|testimonial"),
    ("congratulation", r"congratulat\w*|congrats"),
    ("opening", r"openings?|jobs?|roles?|position|vacancy"),
    ("article", r"articles?|papers?|books?|links?|posts?|essay|blog|podcast|newsletter"),
    ("delight", r"cartoons?|jokes?|photos?|pictures?|postcard|flowers|cake"),
    ("reconnect", r"say\s+(?:hello|hi)|catch\s+up|call|ring|phone|write\s+to|get\s+in\s+touch|check\s+in"),
)

GIVE_WORDS = pattern("|".join(rf"(?P<{kind}>\b(?:{words})\b)" for kind, words in _GIVE_KINDS), re.IGNORECASE)
"""Finds the words that say the kind of a give; the group that matched is the kind."""

FAMILY = (
    r"(?:step|grand|god)?(?:daughter|son|mother|father|child|parents?)|wife|husband|partner|spouse|mum|mom|dad|sister"
    r"|brother|kid|baby|twins?|nephew|niece|aunt|uncle|cousin|grandma|grandpa|girlfriend|boyfriend|fianc[ée]e?"
    r"|dog|cat"
)
"""Who of a person's is named by a first name only, which then is no person of the book."""

KIN = rf"{FAMILY}|friend|team|company|startup"
"""Who of a person's an occasion can belong to."""

LINK = pattern(r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]'*]", re.IGNORECASE)
"""A link in a line, without the punctuation that closes the sentence."""

ADDRESS = pattern(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
"""A mail address, in which ``@`` names nobody."""

FULL_STOP = (
    r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bProf)(?<![\s.][0-9])(?<![\s.][0-9]{2})\.(?=\s|$)"
)
"""A dot that ends a sentence, rather than ``Dr.``, ``14. Dec`` or ``12.6.``."""
