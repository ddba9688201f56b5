"""Stems: what the words of a family begin with, so that ``translators`` finds ``translation``.

Light, and by truncation only: every word begins with its stem. Takes off plurals and ``-ing``, ``-ed``, and
the endings by which English makes a craft, its tool and who plies it of one word (after the longest-suffix
lists of Lovins, *Development of a stemming algorithm*, 1968, with the minimal lengths that keep short words
apart).
"""

from functools import lru_cache

_LEAST = 4
"""Letters that have to be left before an ending that makes another word: ``flower`` is no ``flow``."""

_ENDINGS = tuple(
    sorted(
        """isations izations isation ization ations ation ators ator ating ated ates ate
        ological ologists ologist ologies ology ographers ographer ographies ography ographic
        icians ician icists icist ically ical ics ians ian ists ist isms ism
        ments ment nesses ness ions ion ings ing ers er ors or eries ery ries ry
        arian arians aries ary ures ure ies ied ed es e y
        als al ially ial ly ives ive ous ors age ages ic""".split(),
        key=lambda ending: -len(ending),
    )
)

_KEPT = {
    "ology": "olog",
    "ologies": "olog",
    "ologist": "olog",
    "ologists": "olog",
    "ological": "olog",
    "ography": "ograph",
    "ographies": "ograph",
    "ographer": "ograph",
    "ographers": "ograph",
    "ographic": "ograph",
}
"""What of an ending stays, so that biology is not biography."""

_BY_LETTER = {
    letter: tuple(
        (ending, 3 if ending in ("e", "es", "y", "ies", "ing", "ings", "ed") else _LEAST)
        for ending in _ENDINGS
        if ending[-1] == letter
    )
    for letter in {ending[-1] for ending in _ENDINGS}
}
"""The endings by their last letter, each with the letters that have to be left before it."""

_IRREGULAR = {
    "nurse": "nurs",
    "nurses": "nurs",
    "nursing": "nurs",
    "physicist": "physic",
    "physicists": "physic",
    "electric": "electr",
    "visual": "visual",
    "visuals": "visual",
    "visualise": "visual",
    "visualize": "visual",
    "visualisation": "visual",
    "visualization": "visual",
    "visualisations": "visual",
    "visualizations": "visual",
}

_INFLECTIONS = ("ings", "ing", "ied", "ies", "ed", "es", "s")

_WHOLE = frozenset(
    """poster posters flower flowers shower corner corners counter counters tower towers matter matters letter
    letters number numbers summer master masters order orders power powers offer offers paper papers water
    waters winter silver river rivers member members monster chapter chapters weather feather leather mother
    father brother sister daughter theater together other another either rather quarter computer computers
    customer customers newsletter dinner partner partners border borders butter pepper ginger tiger spider
    finger hammer rubber timber cancer career careers volunteer volunteers engineer engineers pioneer
    university universe universal station nation national international rational ration relation relations
    action section mission passion fashion question motion emotion region religion version vision session
    million organ organs organic organise organize organiser organizer organisation organization
    capital hospital hospitals festival festivals journal journals material materials animal animals
    general final local social special metal royal central personal medal
    village language languages message messages image images package packages passage stage page pages
    house horse course purse verse universe bus buses glass class press dress
    news series species lens physics physician physicians music museum museums forest forests interest
    interests artist earnest harvest honest modest request west east test tests latest
    thing things king ring spring string strings bring sing wing during morning evening nothing something
    early family families only july reply supply apply daily
    culture cultures adventure adventures country countries industry industries entry ministry
    native relative active motive five live drive give
    public topic topics traffic fabric fabrics critic critics magic comic comics
    moment comment comments document documents element elements cement student students
    stories story party parties city cities country countries body study studies studio studios
    doctor doctors actor factor sector motor colour color honor mirror tutor major minor
    city rose roses code codes note notes type types""".split()
)
"""Words whose ending is no ending, or whose stem would be another word's: only an -s is taken off them."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word. Stems are their own stems only by chance: never stem twice."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    stemmed = word
    for _ in range(2):
        if stemmed in _WHOLE:
            return _singular(stemmed)
        stemmed = _without_ending(stemmed)
    return _undoubled(stemmed)


@lru_cache(maxsize=65536)
def inflected(word: str) -> str:
    """A folded word without plural, ``-ing`` or ``-ed``: nearer to its like than words of one stem."""
    if word in _WHOLE:
        return _singular(word)
    for ending in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return _undoubled(word.removesuffix(ending).rstrip("e"))
    return _undoubled(word.rstrip("ey") if len(word) > 4 else word)


def _without_ending(word: str) -> str:
    for ending, least in _BY_LETTER.get(word[-1:], ()):
        if word.endswith(ending):
            left = word.removesuffix(ending) + _KEPT.get(ending, "")
            if len(left) >= least:
                return left
    return word.removesuffix("s") if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word.removesuffix("ies")
    if word.endswith("y"):
        return word.removesuffix("y")
    if word.endswith(("ss", "us", "is")) or len(word) <= 3:
        return word
    return word.removesuffix("s")


def _undoubled(word: str) -> str:
    """Running is of run: a doubled last consonant is one."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        return word[:-1]
    return word
