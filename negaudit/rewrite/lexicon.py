"""The closed word classes that negation depends on."""

from __future__ import annotations

__all__ = [
    "ADVERBS_BEFORE_NOT",
    "BELIEF",
    "COLLECTIVE",
    "COPULAS",
    "CREATION",
    "DOUBTS",
    "EVIDENCE",
    "EVIDENT",
    "EXHORTATIVE",
    "FACT_NOUNS",
    "FOCUS",
    "GENERIC_BELIEVERS",
    "HAVE",
    "INSTRUCTIONS",
    "KNOWING",
    "NEGATIVE_ADVERBS",
    "NEGATIVE_NOUNS",
    "NEGATORS",
    "NEVER_PASSIVE",
    "NOUN_INSTRUCTIONS",
    "OPERATORS",
    "POSTURE",
    "PUBLIC",
    "REPORT",
    "SOME_WORDS",
    "WITH_CLAUSE",
    "words",
]


def words(text: str) -> frozenset[str]:
    """The words of a list, as a set."""
    return frozenset(text.split())


COPULAS = words("am is are was were be been being 's 're 'm")

HAVE = words("have has had having 've 'd 's")
OPERATORS = COPULAS | words("have has had do does did")

# Adverbs with scope over the negation: "probably not", never "not probably".
ADVERBS_BEFORE_NOT = words(
    "also too probably certainly surely definitely undoubtedly evidently apparently clearly "
    "obviously presumably supposedly allegedly reportedly fortunately unfortunately perhaps maybe "
    "possibly thus therefore hence however then consequently sadly luckily admittedly arguably "
    "notably interestingly surprisingly thereby indeed likewise similarly still"
)

# Verbs that a place may stand in front of: "In the garden stands a mill".
POSTURE = words("stand lie sit hang live rise loom rest dwell lurk sleep grow hide come go run")

NEGATORS = words("not n't never nor neither")
NEGATIVE_ADVERBS = words("hardly scarcely barely rarely seldom nowhere")
# A negation denies what they stand for alone: "not only", "do not just add some salt".
FOCUS = words("only just merely simply")
NEGATIVE_NOUNS = words("nobody nothing none neither no-one noone")

# Verbs whose that-clause carries the claim: "records show that X is not ...".
REPORT = words(
    "show confirm indicate state list report reveal demonstrate prove note document record "
    "establish find verify say tell announce explain add write testify declare claim assert insist "
    "maintain suggest conclude discover determine observe know realize realise learn recall "
    "remember notice recognize recognise acknowledge admit agree emphasize emphasise mention "
    "point highlight illustrate affirm attest certify warn reply answer respond inform remind "
    "tweet read regret forget understand turn happen estimate predict theorize hypothesize "
    "specify clarify underscore corroborate conceal repeat argue propose teach imply hold "
    "advise uncover detail disclose stress contend allege joke boast confess swear vow shout "
    "whisper assure convince persuade see hear reason signal stipulate prescribe posit deduce "
    "infer accept calculate ascertain concede reiterate remark rule emerge transpire guess bet "
    "promise guarantee decree judge divulge hint complain lament notify "
    "recount relate narrate comment surmise conjecture speculate postulate gather foresee "
    "forecast diagnose verify caution post"
)

# Verbs of opinion: denied themselves when somebody in particular holds the opinion.
BELIEF = words(
    "believe think feel hope assume suppose consider imagine expect reckon suspect presume fear"
)

GENERIC_BELIEVERS = words(
    "people many most some experts scientists historians researchers scholars doctors "
    "everyone everybody critics economists sociologists psychologists physicists biologists "
    "linguists archaeologists astronomers chemists philosophers we they others nutritionists "
    "mathematicians geologists engineers authorities officials analysts observers fans "
    "theorists academics specialists physicians professionals anthropologists"
)

# "It is well known that P" presupposes P: the negation belongs into P.
EVIDENT = words(
    "known clear evident obvious surprising remarkable notable documented established proven "
    "accepted recorded recognized recognised acknowledged believed fascinating interesting "
    "sure certain confident happy glad sad sorry aware convinced proud grateful positive "
    "ironic amazing understood apparent undeniable noteworthy agreed"
)
# Who is not aware of what is so: "You may not know that ...".
KNOWING = words("know realize realise")
FACT_NOUNS = words("fact belief truth secret knowledge shame pity tradition matter")
# "It is on record that P", "it is beyond dispute that P".
PUBLIC = words("record file evidence doubt question dispute print show")
# "There is evidence that P", "there is no doubt that P" claim P.
EVIDENCE = words("evidence proof consensus agreement confirmation documentation record")
DOUBTS = words("doubt question dispute denying uncertainty mistaking")
# Verbs that introduce a clause only with another word: "makes clear that", "bear in mind that".
WITH_CLAUSE = {
    "make": words("clear plain obvious evident apparent known explicit public"),
    "keep": words("mind"),
    "bear": words("mind"),
    "go": words("saying"),
    "stand": words("reason"),
    "come": words("light"),
    "have": words("it"),
    "know": words("fact"),
    "put": words("doubt"),
    "place": words("doubt"),
}

# Raising verbs after which the infinitive is denied: "is known not to be a spy".
EXHORTATIVE = words(
    "known shown proven proved found reported confirmed said seen recorded "
    "documented discovered revealed alleged rumored rumoured"
)

# With these, "A and B" is one group and not two claims.
COLLECTIVE = words(
    "mix combine compare blend join unite connect link merge divide consist comprise compose "
    "form separate distinguish alternate collide meet marry confuse balance bridge pair "
    "exchange swap integrate equal add multiply interact range split share"
)
CREATION = words(
    "write compose publish direct found create record release paint produce author "
    "read sing play perform watch illustrate film launch establish"
)

SOME_WORDS = {
    "some": "any",
    "someone": "anyone",
    "somebody": "anybody",
    "something": "anything",
    "somewhere": "anywhere",
    "somehow": "in any way",
    "someplace": "anyplace",
}

# Words that open instructions: rather verbs than nouns, and as often nouns.
INSTRUCTIONS = words(
    "mix add use take open close push pour put call write read send keep install delete remove "
    "combine blend dissolve try tell ask give invite bring buy sell forward skip stir wash clean "
    "eat cook avoid hold unlock insert apply rub scrub rinse wipe whisk sprinkle squeeze chew "
    "swallow chop drizzle smear throw bury wear"
)
NOUN_INSTRUCTIONS = words(
    "press pull turn heat boil place set share click run start stop cut dry drink fill move store "
    "visit check copy paste save book plant water light lock charge text tape email test park"
)

# Past forms that are active without an object and behind "was built and": they have no passive.
NEVER_PASSIVE = words(
    "lived died worked served lasted existed traveled travelled slept belonged arrived retired "
    "happened occurred collapsed appeared disappeared emerged erupted exploded remained stayed "
    "towered loomed soared drifted agreed smiled laughed seemed rained talked walked danced "
    "escaped fought fled resigned came went fell rose succeeded surged climbed became"
)
