"""Signs, word by word, that a parse cannot be right."""

from __future__ import annotations

from negaudit.rewrite.clauses import SUBJECTS, TENSED
from negaudit.rewrite.commands import ends_command
from negaudit.rewrite.hidden_reports import hides_report, opens_statement
from negaudit.rewrite.homographs import SINGULAR, is_act
from negaudit.rewrite.inflection import (
    base,
    can_be_plural,
    can_be_verb,
    never_adjective,
    only_verb,
)
from negaudit.rewrite.lexicon import REPORT, words
from negaudit.rewrite.tree import Word

__all__ = ["UNTELLING", "VERBAL", "is_measure", "is_slip", "is_stray"]

# Nouns that look plural and take a singular verb, or the other way round.
NOT_PLURAL = words(
    "physics economics mathematics news politics series means ethics genetics linguistics "
    "athletics species headquarters statistics dynamics mechanics diabetes years dollars miles "
    "percent minutes hours days times plus minus"
)
NOT_SINGULAR = words(
    "people police number majority variety range cattle data media lot half rest percent % pair "
    "group percentage team staff family what who that which couple handful bacteria none some "
    "all most many few several both fish sheep deer boar swine series species youth crew public "
    "criteria phenomena plenty any"
)
UNTELLING = NOT_PLURAL | NOT_SINGULAR
COUNTING = words("few couple dozen hundred thousand million billion many great good lot")
VERBAL = TENSED | {"VBN"}
PRESENT = frozenset({"VBZ", "VBP"})
NOMINAL = words("compound nmod appos nsubj nsubjpass dobj dative attr oprd")
BEFORE_NOUN = words("compound det poss amod")
INNER = words("compound amod")
LOOSE = words("advcl dep ccomp")
CLAUSAL = words("ccomp relcl dep")
# Nouns that no clause belongs to, unlike "the note that".
WITHOUT_CLAUSE = words("show list state document")
# What "that" is not where a clause follows it.
NO_MARKS = words("prep det attr ccomp dobj nsubj nsubjpass")


def is_slip(word: Word) -> bool:
    """Whether a verb was taken for something else, or no clause stands behind "that"."""
    tag, dep = word.tag, word.dep
    if tag in PRESENT:
        return dep in NOMINAL or dep == "advmod" or (dep == "conj" and _is_unjoined(word))
    if tag in {"NN", "NNS"} and (_is_no_noun(word) or (dep in INNER and _is_known_verb(word))):
        return True
    if tag == "JJ":
        return (dep == "amod" and _trails(word)) or _is_no_adjective(word) or _opens_plural(word)
    if tag == "IN" and dep == "prep" and _governs_nothing(word):
        return True
    if word.lower == "that":
        return _introduces_nothing(word)
    return (dep in CLAUSAL or dep == "nsubj") and _lacks_verb(word)


def _is_no_noun(word: Word) -> bool:
    following = word.following
    if word.index == 1 and is_act(word) and _follows_plural(word):
        return True
    if word.lower in WITHOUT_CLAUSE and following is not None and following.lower == "that":
        return True
    if word.tag == "NNS" and (_miscounts(word) or _follows_aside(word)):
        return True
    return hides_report(word) or _precedes_adjective(word) or ends_command(word)


def _is_known_verb(word: Word) -> bool:
    """Whether this is the "whitens" of "Oil pulling whitens teeth": nobody has "a whiten"."""
    return only_verb(word.text) and only_verb(base(word.text, "VBZ"))


def _follows_plural(word: Word) -> bool:
    """Whether this is the "crow" of "Hens crow at dawn", taken for the subject."""
    opener = word.previous
    if opener is None or opener.dep != "compound" or opener.head is not word:
        return False
    return can_be_plural(opener.text)


def is_measure(plural: Word) -> bool:
    """Whether a plural is counted, as in "the 200 metres record"."""
    return plural.previous is not None and plural.previous.tag == "CD"


def is_stray(word: Word) -> bool:
    """Whether a word hangs where a sound reading has none of its kind."""
    head = word.head
    if word.dep == "compound":
        return (word.tag == "NNS" and not is_measure(word)) or _parts_name(word)
    if word.dep == "dobj" and word.tag == "JJ":
        # "dyes hair blue" has an object in front of what it becomes.
        return not word.children and head is not None and head.child("dobj") is word
    if word.dep == "prep":
        return word.tag in {"NN", "NNS"}
    if word.tag in PRESENT and word.dep in LOOSE:
        return _is_loose(word)
    if head is None or word.dep not in {"nsubj", "nsubjpass"} or head.tag in VERBAL:
        return False
    return not head.supported and not (head.tag == "JJ" and head.dep == "ccomp")


def _is_loose(word: Word) -> bool:
    """Whether a present tense has nothing that joins it to the verb it hangs on."""
    if word.dep == "ccomp":
        head = word.head if word.previous is word.head else None
        return head is not None and head.tag in PRESENT and word.child(*SUBJECTS) is None
    return word.child(*SUBJECTS, "mark", "advmod") is None


def _lacks_verb(word: Word) -> bool:
    """Whether a noun heads a clause, or a subject stands at a noun."""
    if word.dep == "nsubj":
        return word.head is not None and word.head.dep in NOMINAL and _is_bare_noun(word.head)
    if not _is_bare_noun(word):
        return False
    subject = any(c.dep in SUBJECTS and c.lower != "that" for c in word.children)
    return not subject or (word.head is not None and base(word.head.text, word.head.tag) in REPORT)


def _is_bare_noun(word: Word) -> bool:
    """Whether this is a noun without a copula."""
    return word.tag in {"NN", "NNS", "NNP"} and not any(
        c.dep in {"cop", "aux", "auxpass"} for c in word.children
    )


def _introduces_nothing(that: Word) -> bool:
    """Whether the clause behind "that" has no verb."""
    head = that.head
    if that.dep == "mark" and head is not None:
        return _is_bare_noun(head) or head.index < that.index
    if that.dep == "dobj" and head is not None and head.dep == "relcl":
        return False
    return that.tag == "IN" and that.dep in NO_MARKS


def _miscounts(word: Word) -> bool:
    """Whether "a" or "this" stands in front of a plural: "A battery stores wind"."""
    if word.dep not in {"nsubj", "nsubjpass", "ROOT"} or word.lower in UNTELLING:
        return False
    before = [c for c in word.children if c.index < word.index]
    if not any(c.dep == "det" and c.lower in SINGULAR for c in before):
        return False
    counted = any(c.tag == "CD" or c.lower in COUNTING for c in before)
    return not counted and "VBZ" in can_be_verb(word.text)


def _follows_aside(word: Word) -> bool:
    """Whether a plural that may be a verb stands so: "The founder, Rex Hall, farms sheep"."""
    mark = {"compound": ",", "appos": ")"}.get(word.dep)
    before = word.previous
    if mark is None or before is None or before.text != mark:
        return False
    return "VBZ" in can_be_verb(word.text)


def _is_no_adjective(word: Word) -> bool:
    """Whether a verb was taken for an adjective: "Sables, once rare, now breed here"."""
    if word.child("prt") is not None:
        return True
    verbal = word.dep in {"acl", "advcl"} and "VBP" in can_be_verb(word.text)
    return verbal and never_adjective(word.text)


def _precedes_adjective(word: Word) -> bool:
    """Whether an adjective follows that no noun stands in front of: "plants stock rare books"."""
    following, before = word.following, word.previous
    if word.tag != "NN" or word.dep not in {"compound", "nmod"} or following is None:
        return False
    if following.tag != "JJ" or following.dep != "amod" or following.head is not word.head:
        return False
    return before is not None and before.tag == "VBZ" and "VBP" in can_be_verb(word.text)


def _governs_nothing(word: Word) -> bool:
    """Whether a noun follows a preposition that lost it: "the law passed in May bars smoking"."""
    following = word.following
    if word.children or following is None or following.dep not in BEFORE_NOUN:
        return False
    noun = following.head
    if noun is None or noun.dep != "dobj" or noun.head is not word.head:
        return False
    return noun.tag == "NNS" or opens_statement(noun)


def _trails(word: Word) -> bool:
    """Whether a verb was taken for an adjective behind its subject: "Storms last for days"."""
    noun = word.head
    if _parts_count(word):
        return True
    if noun is None or noun.tag != "NNS" or word.index != noun.index + 1:
        return False
    served = noun.dep == "nsubj" and noun.head is not None and noun.head.tag in VERBAL
    return not served and "VBP" in can_be_verb(word.text)


def _opens_plural(word: Word) -> bool:
    """Whether this is the "early" of "Early accounts credit her", taken for the subject."""
    verb = word.following
    if word.dep != "nsubj" or word.index or verb is None or verb.tag != "VBZ":
        return False
    return word.head is verb and can_be_plural(verb.text)


def _parts_count(word: Word) -> bool:
    """Whether this is the "last" of "Tennis matches last nine innings"."""
    before, following = word.previous, word.following
    if before is None or following is None or following.tag != "CD" or before.tag != "VBZ":
        return False
    return can_be_plural(before.text) and "VBP" in can_be_verb(word.text)


def _is_unjoined(word: Word) -> bool:
    """Whether a second verb has neither a subject nor an "and" nor a comma before it."""
    if word.tag != "VBP" or word.head is None or word.child(*SUBJECTS) is not None:
        return False
    before = (c for c in word.head.children if c.index < word.index)
    return not any(c.dep in {"cc", "punct"} or c.tag == "CC" for c in before)


def _parts_name(word: Word) -> bool:
    """Whether a common noun stands inside a name: "from Essex name John Hale"."""
    before, head = word.previous, word.head
    named = before is not None and before.tag == "NNP" and head is not None and head.tag == "NNP"
    return named and word.text.islower()
