"""Words that are nouns and verbs, and what they are first.

A verb made from the name of a person, an animal, a thing or a place ("to dog", "to hand", "to
sand") is used far less than the noun, which stands in front of nouns as readily as by itself.
Classes of such verbs: Clark and Clark, "When Nouns Surface as Verbs", Language 55 (1979).
"""

from __future__ import annotations

from negaudit.rewrite.inflection import (
    base,
    can_be_plural,
    can_be_verb,
    only_adjective,
    only_verb,
    stays_in_plural,
)
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.tree import Word

__all__ = ["SINGULAR", "is_act", "is_noun_first", "is_outranked", "lacks_article"]

BEFORE_NOUN = frozenset({"JJ", "DT", "PRP", "PRP$", "CD"})

# Behind these a noun is no plural.
SINGULAR = words("a an this that each every another")
PEOPLE = words(
    "butcher captain clown coach doctor father guard guide host man model mother nurse parent "
    "partner pilot pirate referee slave soldier tutor umpire usher witness"
)
ANIMALS = words(
    "ape badger bat bear beaver bug bull cat clam cow crab dog duck eel ferret fish fox hare "
    "hawk hog horse hound leech louse monkey parrot rabbit ram rat snake urchin wolf worm"
)
BODY = words(
    "arm bone brain ear elbow eye finger foot hand heel knee mouth muscle nail neck nerve "
    "nose palm shoulder skin stomach thumb toe tongue vein"
)
MATERIALS = words(
    "brick butter concrete copper cotton dust flour foam fog gas glass grease ice iron juice "
    "leather metal milk oil paper pepper plaster plastic powder rock salt sand silk silver "
    "smoke snow soap sod steam steel stone sugar tar tin turf water wax wood wool"
)
PLACES = words(
    "bank bar barn board bog border bridge canal cave corner dam ditch dock field floor "
    "garden harbor harbour house kennel market park pit pool port ranch room school stable "
    "stage station tower trench tunnel wall zone"
)
THINGS = words(
    "anchor array author badge bag bed bell belt berry bike bill blanket boat bomb book "
    "bottle box branch brand breeze bubble bus button cable can candle canoe cap card carpet "
    "cash chain chair chart clock cloud coat coin crown culture cup curtain cushion cycle "
    "dice dye email fan feather fence film flag flower fork fruit fund gate gender glove gun "
    "hammer horn interest kayak key knife lace leaf letter line loan log machine mail map "
    "mask mast minute mirror mist moon motor mushroom net number nut page pan paragraph "
    "parcel pearl pen pencil phone pin pipe plant plate pocket pot price puddle radio rain "
    "ring robe rocket roof root rope sail scale season seed sense shadow shell shoe skate ski "
    "sock spice spoon star stem storm strap string sun table tag tail tape tax thread thunder "
    "ticket tile time title train trap tree truck vacuum veil voice wheel wind window wing "
    "wire word zip"
)
NOUN_FIRST = PEOPLE | ANIMALS | BODY | MATERIALS | PLACES | THINGS

# Without an article these are no subjects; "man" is one, and so is what is no thing.
COUNTED = (
    NOUN_FIRST
    - MATERIALS
    - words("man school culture gender rain mail email radio time cash interest sense author storm")
)

# Acts that are counted as nouns: in the singular and without an article they are verbs.
ACTS = words(
    "bark bite blink boil bounce breathe burn carry catch cheat chew chirp climb cough crawl "
    "creep crow cry dance dive dream drift drink drive eat fall fight float fly freeze glow "
    "grow growl hatch hide hiss hop howl hug hunt jog jump kick kiss laugh leap lie live "
    "march mate melt move nest pull purr push race ride roar roll run scream shine shiver "
    "shout shrink sing sink sit slide smile sneeze spin spit squeeze stand stay steal sting "
    "stop stretch swallow swim thaw throw travel walk wander whisper yawn"
)


# Others that are verbs first.
VERBS = ACTS | words(
    "ask bake beat begin blow break bring build buy call cause change choose come conduct cost "
    "cut draw dream drop dry earn enter feed feel find fit fix flee follow forget get give go "
    "hear hit hold hurt keep know learn leave let like look lose make mean measure meet need "
    "open pay play pop prefer press protect put reach read remember save say see seem sell send "
    "set share show sit smell speak spend split spread start strike suffer take talk taste teach "
    "tell think touch try turn use visit wait want wash wear weigh win work write"
)


def is_noun_first(word: Word) -> bool:
    """Whether the word, as a verb, is one made from the name of a thing."""
    return base(word.text, "VBZ") in NOUN_FIRST


def is_act(word: Word) -> bool:
    """Whether the word can hardly be a noun without an article."""
    return word.lower in ACTS


def _verbness(word: Word) -> int:
    """How far a word is rather a verb: from 0, a noun first, to 3, a verb alone."""
    if is_noun_first(word):
        return 0
    if only_verb(word.text):
        return 3
    # The plural of "leaf" or "life" is as common as the verb.
    return 2 if base(word.text, "VBZ") in VERBS and not word.lower.endswith("ves") else 1


def is_outranked(verb: Word) -> bool:
    """Whether a neighbour is rather the verb: "Guard dogs bark", "Man bites dog".

    Of two words behind a noun the first may end the subject or be the verb. It is no verb if the
    second is rather one, nor behind a singular that would need an article, nor if a noun phrase
    follows the second ("Hospital logs place the nurse").
    """
    if verb.tag == "VBZ":
        return not verb.supported and _ends_subject(verb, verb.previous, verb.following)
    if verb.tag not in {"VBP", "VB"} or verb.supported or not is_noun_first(verb):
        return False
    before, following = verb.previous, verb.following
    if before is None or is_noun_first(before) or not _may_be(before, "VBZ"):
        return False
    # "Fruit flies pilot small aircraft": no noun stands in front of an adjective.
    joins = following is None or following.tag not in BEFORE_NOUN
    return joins and _opens_compound(before.previous)


def _ends_subject(verb: Word, noun: Word | None, rival: Word | None) -> bool:
    if noun is None or rival is None or not _may_be(rival, "VBP"):
        return False
    behind = rival.following
    parted = (rival.tag, rival.dep) == ("NN", "dobj")
    if parted and behind is not None and behind.tag in {"DT", "PRP$"}:
        # "It takes place every year": how often it does so is no object of "place".
        return behind.head is None or behind.head.dep != "npadvmod"
    if not _opens_compound(noun) or not (can_be_plural(verb.text) or is_noun_first(verb)):
        return False
    first, second = _verbness(verb), _verbness(rival)
    return first < second or (first == second and lacks_article(noun))


def _opens_compound(noun: Word | None) -> bool:
    """Whether a word may be a noun in front of another, and not a singular with an article."""
    if noun is None or not noun.text.isalpha() or noun.tag[:2] not in {"NN", "VB", "JJ"}:
        return False
    return not any(c.lower in SINGULAR for c in noun.children)


def lacks_article(noun: Word) -> bool:
    """Whether this is a bare singular that can be counted, or an adjective: "House flies live"."""
    if noun.children or noun.text.isupper() or stays_in_plural(noun.text):
        return False
    return noun.lower in COUNTED or (noun.tag != "NNP" and only_adjective(noun.text))


def _may_be(word: Word, tag: str) -> bool:
    if word.tag[:2] not in {"NN", "VB", "RB", "JJ"}:
        return False
    return tag in can_be_verb(word.text)
