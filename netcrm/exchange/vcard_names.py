"""The names that programs give to what vCard has no property for, and the types that say little."""

from functools import lru_cache

UNSAID = frozenset(
    (
        *("voice", "internet", "pref", "x400", "msg", "text", "video", "textphone"),
        *("postal", "parcel", "dom", "intl"),
    )
)
"""Types that say nothing of where one reaches a person (RFC 2426 section 3.3.1, RFC 6350 section 6.4.1)."""

DEFAULTS = frozenset({"voice", "internet"})
"""Types that are meant where none is given, so that nothing is lost without them."""

SERVICES = {
    "X-AIM": "aim",
    "X-GADUGADU": "gadu-gadu",
    "X-GOOGLE TALK": "google talk",
    "X-GOOGLE-TALK": "google talk",
    "X-GROUPWISE": "groupwise",
    "X-GTALK": "google talk",
    "X-ICQ": "icq",
    "X-JABBER": "jabber",
    "X-MASTODON": "mastodon",
    "X-MATRIX": "matrix",
    "X-MS-IMADDRESS": "im",
    "X-MSN": "msn",
    "X-QQ": "qq",
    "X-SAMETIME": "sametime",
    "X-SIGNAL": "signal",
    "X-SIP": "sip",
    "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype",
    "X-TELEGRAM": "telegram",
    "X-THREEMA": "threema",
    "X-TWITTER": "twitter",
    "X-WHATSAPP": "whatsapp",
    "X-YAHOO": "yahoo",
}
"""The service that each property of handles is for."""

RELATIONS = {
    "X-ASSISTANT": "assistant",
    "X-EVOLUTION-ASSISTANT": "assistant",
    "X-EVOLUTION-MANAGER": "manager",
    "X-EVOLUTION-SPOUSE": "spouse",
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": "assistant",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "manager",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "spouse",
    "X-MANAGER": "manager",
    "X-MS-ASSISTANT": "assistant",
    "X-MS-CHILD": "child",
    "X-MS-MANAGER": "manager",
    "X-MS-SPOUSE": "spouse",
    "X-SPOUSE": "spouse",
}
"""What the other is to the person, by each property that names one."""

ANNIVERSARIES = (
    "ANNIVERSARY",
    "X-ANNIVERSARY",
    "X-EVOLUTION-ANNIVERSARY",
    "X-KADDRESSBOOK-X-ANNIVERSARY",
    "X-MS-ANNIVERSARY",
)
"""The properties of a wedding's day or the like: RFC 6350's own, and those from before it."""

ANDROID_EVENTS = {"1": "anniversary", "2": "other", "3": "birthday"}
"""The types of Android's ``ContactsContract.CommonDataKinds.Event``."""

KDE_HANDLES = "X-MESSAGING/"
"""How KDE's properties of handles begin; the service follows, and then ``-All``."""

KDE_JOINT = "\ue000"
"""The character for private use that KDE puts between two handles of one property."""


@lru_cache(maxsize=1024)
def label_of_types(types: tuple[str, ...]) -> str:
    """A label of types, where first and then how: ``work fax``, whichever way round they came."""
    said = dict.fromkeys("mobile" if kind == "cell" else kind for kind in types if kind not in UNSAID)
    return " ".join(sorted(said, key=lambda kind: kind not in ("home", "work", "other")))
