"""Base forms and agreement, from lemminflect's tables."""

from __future__ import annotations

from functools import lru_cache

from negaudit.rewrite.lexicon import COPULAS, words

__all__ = [
    "base",
    "can_be_plural",
    "can_be_verb",
    "fits",
    "fits_participle",
    "inflect",
    "is_known",
    "is_plural",
    "keeps_form",
    "never_adjective",
    "never_verb",
    "only_adjective",
    "only_participle",
    "only_verb",
    "singular_verb",
    "stays_in_plural",
]

# Past forms that are the base of another, rarer verb; the sense is the commoner one.
# The dictionary also takes these for past forms of "fee", "wee" and the like.
NOT_PAST = words("feed weed seed need heed speed bleed breed")
# In front of a known verb they make one that the dictionary may lack ("preinstalled").
PREFIXES = ("pre", "re", "over", "out", "mis", "un", "co", "de", "under")
# What stands in front of a verb in a compound ("broadcast").
FRONTS = ("broad", "fore", "tele", "web", "sub", "off", "up", "in", "type", "proof")
# Verbs that the dictionary knows as nouns alone, or not at all.
NEW_VERBS = words("text friend unfriend blog vlog parent")
VERBAL_ENDINGS = ("ize", "ise", "ify")
PAST_FIRST = {
    "found": "find",
    "saw": "see",
    "wound": "wind",
    "ground": "grind",
    "bore": "bear",
    "lay": "lie",
}


@lru_cache(maxsize=20_000)
def base(form: str, tag: str, transitive: bool = False) -> str:
    """The base form of a finite or participial verb form, in lower case.

    Args:
        form: The verb as written.
        tag: Its Penn tag; a VB or VBP form is its own base.
        transitive: Whether it has an object, which tells "lay" (lie) from "lay" (lay).
    """
    lower = form.lower()
    if lower in COPULAS:
        return "be"
    if tag in {"VB", "VBP"} or lower in NOT_PAST:
        return {"has": "have", "does": "do"}.get(lower, lower)
    if lower == "lay" and transitive:
        return "lay"
    return PAST_FIRST.get(lower) or _stem(lower) or _lemma(lower, tag)


def _lemma(form: str, tag: str) -> str:
    from lemminflect import getLemma

    if (stem := _without_prefix(form)) != form:
        return form.removesuffix(stem) + base(stem, tag)
    found = getLemma(form, "VERB")
    for lemma in found:
        if tag.startswith("VB") and fits(lemma, form, tag):
            return str(lemma)
    return str(found[0]) if found else form


def _without_prefix(form: str) -> str:
    """The known word behind the prefix of an unknown one ("reboot": "boot"), else the form."""
    if "-" in form.strip("-"):
        return form.rpartition("-")[2]
    stem = next((form[len(p) :] for p in PREFIXES if form.startswith(p)), form)
    return stem if is_known(stem) and not is_known(form) else form


def _stem(form: str) -> str | None:
    """The known word that an unknown verb form is made from ("medaled": "medal")."""
    from lemminflect import getAllLemmas

    if getAllLemmas(form) or not form.endswith(("ed", "es", "s")):
        return None
    cut = 2 if form.endswith(("ed", "es")) else 1
    stem = form[:-cut]
    for word in (stem, form[:-1], stem[:-1] if stem[-1:] == stem[-2:-1] else ""):
        if word and getAllLemmas(word):
            return word
    return None


@lru_cache(maxsize=20_000)
def fits(lemma: str, form: str, tag: str) -> bool:
    """Whether `form` is the `tag` form of `lemma`."""
    from lemminflect import getInflection

    return form in getInflection(lemma, tag)


@lru_cache(maxsize=20_000)
def can_be_verb(form: str) -> frozenset[str]:
    """The finite tags (VBZ, VBP, VBD) that a word form may have, by dictionary only."""
    from lemminflect import getAllInflections, getAllLemmas

    lower = form.lower()
    tags: set[str] = set()
    if lower in NOT_PAST or lower in NEW_VERBS:
        return frozenset({"VBP"})
    if (stem := _without_prefix(lower)) != lower:
        return can_be_verb(stem)
    if lower.endswith(VERBAL_ENDINGS) and not is_known(lower):
        return frozenset({"VBP"})
    if lower.removesuffix("s") in NEW_VERBS or lower.removesuffix("ed") in NEW_VERBS:
        return frozenset({"VBZ" if lower.endswith("s") else "VBD"})
    for lemma in getAllLemmas(lower, upos="VERB").get("VERB", ()):
        forms = getAllInflections(lemma, upos="VERB")
        tags.update(tag for tag in ("VBZ", "VBD") if lower in forms.get(tag, ()))
        if lower == lemma and lower not in PAST_FIRST.keys() - {"lay"}:
            tags.add("VBP")
    if "VBP" in tags and _is_compound_of_one_form(lower):
        tags.add("VBD")
    return frozenset(tags)


def _is_compound_of_one_form(form: str) -> bool:
    """Whether the past is like the base, as in what it is made of: "broadcast", "sublet"."""
    stems = (form[len(p) :] for p in (*PREFIXES, *FRONTS) if form.startswith(p))
    return any(fits(stem, stem, "VBD") for stem in stems if len(stem) > 2)


@lru_cache(maxsize=20_000)
def keeps_form(form: str) -> bool:
    """Whether present and past of plural subjects are alike: "cost", "spit"."""
    return fits(form, form, "VBD")


@lru_cache(maxsize=20_000)
def fits_participle(form: str) -> bool:
    """Whether a past form serves as past tense and as participle ("obtained", not "took")."""
    from lemminflect import getLemma

    return any(fits(lemma, form.lower(), "VBN") for lemma in getLemma(form.lower(), "VERB"))


@lru_cache(maxsize=20_000)
def only_participle(form: str) -> bool:
    """Whether the dictionary knows the form as a past participle that is no tense ("taken")."""
    return is_known(form) and not can_be_verb(form) and fits_participle(form)


@lru_cache(maxsize=20_000)
def only_verb(form: str) -> bool:
    """Whether the dictionary knows the form as a verb and as nothing else."""
    from lemminflect import getAllLemmas

    known = set(getAllLemmas(form.lower()))
    return known <= {"VERB", "AUX"} and bool(can_be_verb(form)) and bool(known or form.islower())


@lru_cache(maxsize=20_000)
def never_adjective(form: str) -> bool:
    """Whether the dictionary knows the form, and not as an adjective."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(form.lower())
    return bool(lemmas) and "ADJ" not in lemmas


@lru_cache(maxsize=20_000)
def only_adjective(form: str) -> bool:
    """Whether the dictionary knows the form as an adjective and not as a noun."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(form.lower())
    return "ADJ" in lemmas and "NOUN" not in lemmas


@lru_cache(maxsize=20_000)
def never_verb(form: str) -> bool:
    """Whether the dictionary knows the form, and not as a verb."""
    from lemminflect import getAllLemmas

    lemmas = getAllLemmas(form.lower())
    return bool(lemmas) and not {"VERB", "AUX"} & set(lemmas)


@lru_cache(maxsize=20_000)
def is_known(form: str) -> bool:
    """Whether the dictionary knows the form at all."""
    from lemminflect import getAllLemmas

    return bool(getAllLemmas(form.lower()))


@lru_cache(maxsize=20_000)
def is_plural(form: str) -> bool:
    """Whether the dictionary knows the form as the plural of a noun, and as nothing else."""
    from lemminflect import getAllLemmas

    return set(getAllLemmas(form.lower())) == {"NOUN"} and can_be_plural(form)


@lru_cache(maxsize=20_000)
def stays_in_plural(form: str) -> bool:
    """Whether a noun may have a plural like its singular: "elk", "aircraft"."""
    from lemminflect import getInflection

    lower = form.lower()
    return lower.endswith("fish") or lower in getInflection(lower, "NNS")


@lru_cache(maxsize=20_000)
def can_be_plural(form: str) -> bool:
    """Whether the dictionary knows the form as the plural of a noun."""
    from lemminflect import getAllLemmas

    lower = form.lower()
    nouns = getAllLemmas(lower).get("NOUN", ())
    return bool(nouns) and lower not in nouns


@lru_cache(maxsize=2_000)
def singular_verb(form: str, tag: str) -> str:
    """The third person singular of a present or past form; other forms stay as they are."""
    lower = form.lower()
    known = {"are": "is", "were": "was", "have": "has", "do": "does"}
    if lower in known:
        return known[lower]
    if tag != "VBP":
        return form
    from lemminflect import getInflection

    found = getInflection(lower, "VBZ")
    return str(found[0]) if found else form


def inflect(form: str, tag: str, wanted: str) -> str:
    """Another form of a verb: its base (VB), past participle (VBN) or "-ing" form (VBG)."""
    if wanted == tag:
        return form
    lemma = base(form, tag)
    if wanted == "VB":
        return lemma
    from lemminflect import getInflection

    found = getInflection(lemma, wanted)
    return str(found[0]) if found else form
