"""Makes one text of the decisions on its sentences: what leans on what is gone goes with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from negaudit.rewrite.elaborations import Decision
from negaudit.rewrite.mentions import last_named
from negaudit.rewrite.passages import Passage
from negaudit.rewrite.record import Edit, splice
from negaudit.rewrite.strip import strip
from negaudit.rewrite.topics import Topic

__all__ = ["assemble", "deny_once", "settle"]

_DEMONSTRATIVE = re.compile(r"[\"“'‘(*_]*(?:This|These|That|Those|Such)\b")
_ANAPHOR = re.compile(r"[\"“'‘(*_]*(?:This|These|That|Those|Such|It|They|Its|Their|Both)\b")
_LEANING = re.compile(
    r"[\"“*_]*(?:Whether|And|But|Because|While|So|If|When|Although|Since) (?:this|that|these|it)\b"
    r"|.*\b(?:of|to|for|from|in|at|with|by|on|about) (?:this|that|these|those) [a-z]+",
    re.S,
)
_PRONOUN = re.compile(r"[\"“*_]*(?P<word>He|She|His|Her)\b")
_RESUMED = re.compile(r"[\"“*_]*The (?P<nouns>(?:[\w-]+ ?){1,3})")
_NOUN = re.compile(r"[^\W\d_]+")
_MARKER = re.compile(r"\s*(?:\d{1,3}[.)]|[-*+•–]|[*_]{2,4})+\s*")
_DATELINE = re.compile(r"[A-Z][A-Z.' -]{2,30}(?:, [A-Z][\w.]{1,12})?\.?(?: \([A-Z]+\))?[ —–-]*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]*\Z")
_QUOTE = re.compile(r"[\"“”]")
HEADING_WORDS = 16
DROPPED = Decision("dropped", reason="leans on a dropped sentence")


def settle(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision], topics: Sequence[Topic]
) -> list[Decision]:
    """Drop what only leans on dropped sentences, and name whom a pronoun lost."""
    settled = list(decisions)
    _drop_leaning(text, passages, settled)
    for topic in topics:
        if topic.person:
            _drop_others(text, passages, settled, topic)
    _drop_markers(text, passages, settled)
    _drop_turns(text, passages, settled)
    _drop_headings(text, passages, settled)
    for topic in topics:
        if topic.person and topic.surname:
            _name_again(text, passages, settled, topic)
    return settled


def _drop_leaning(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for before, at in itertools.pairwise(plain):
        what = settled[at].what
        if what == "dropped" or passages[before].paragraph != passages[at].paragraph:
            continue
        words = text[passages[at].start : passages[at].end]
        gone = settled[before].what == "dropped" and what == "kept"
        leans = _ANAPHOR if gone else _DEMONSTRATIVE
        if (settled[before].what in {"dropped", "negated"} and leans.match(words)) or (
            gone and _LEANING.match(words)
        ):
            settled[at] = DROPPED
    _drop_resumed(text, passages, settled)
    for before, at, after in zip(plain, plain[1:], plain[2:], strict=False):
        around = {settled[before].what, settled[after].what}
        same = passages[before].paragraph == passages[after].paragraph
        if settled[at].what == "kept" and same and around == {"dropped"}:
            words = text[passages[at].start : passages[at].end]
            if _PRONOUN.match(words) or words.startswith(("However, he ", "However, she ")):
                settled[at] = DROPPED


def _drop_others(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic
) -> None:
    """Drop a "she" whose name, another than the claim's, was in a dropped sentence alone."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for before, at in itertools.pairwise(plain):
        same = passages[before].paragraph == passages[at].paragraph
        if settled[before].what != "dropped" or settled[at].what != "kept" or not same:
            continue
        lost = text[passages[before].start : passages[before].end]
        words = text[passages[at].start : passages[at].end]
        if _PRONOUN.match(words) and last_named(lost, topic) is False:
            settled[at] = DROPPED


def _drop_resumed(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop "The talk was full" where the talk was told of in a dropped sentence alone."""
    paragraph, shown, lost, gone = -1, set[str](), set[str](), False
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            paragraph, lost, gone = passage.paragraph, set(), False
        words = text[passage.start : passage.end]
        resumed = _RESUMED.match(words)
        if resumed and settled[at].what == "kept":
            nouns = [w for w in resumed["nouns"].split() if len(w) > 3 and w.islower()][:2]
            new = [noun for noun in nouns if noun not in shown]
            if any(noun in lost for noun in new) or (gone and nouns and new == nouns):
                settled[at] = DROPPED
        found = {word.lower() for word in _NOUN.findall(words)}
        gone = settled[at].what == "dropped"
        if gone:
            lost |= found
        else:
            shown |= found


def _drop_markers(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop a list item's number with the item."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    for at, after in reversed(list(itertools.pairwise(plain))):
        here, item = passages[at], passages[after]
        alone = _MARKER.fullmatch(text, here.start, here.end)
        alone = alone or _DATELINE.fullmatch(text, here.start, here.end)
        same_line = "\n" not in text[here.end : item.start]
        if settled[after].what == "dropped" and alone and same_line:
            settled[at] = DROPPED


def _drop_turns(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop a speaker's name when nothing is left of the turn, and the question before it."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    question: list[int] = []
    for place, at in enumerate(plain):
        if not passages[at].label:
            continue
        rest = [o for o in plain[place + 1 :] if passages[o].paragraph == passages[at].paragraph]
        turn = [o for o in rest if not passages[o].label]
        if turn and all(settled[o].what == "dropped" for o in turn):
            for other in (at, *question):
                settled[other] = DROPPED
        asks = bool(turn) and text[: passages[turn[-1]].end].rstrip('*_"” ').endswith("?")
        question = [at, *turn] if asks else []


def _drop_headings(text: str, passages: Sequence[Passage], settled: list[Decision]) -> None:
    """Drop a heading when everything under it is gone."""
    plain = [at for at, passage in enumerate(passages) if not passage.frame]
    empty = True
    lost = False
    for at in reversed(plain):
        if _is_heading(text, passages, at):
            if empty and lost and settled[at].what == "kept":
                settled[at] = DROPPED
            empty, lost = True, False
        else:
            gone = settled[at].what == "dropped"
            empty, lost = empty and gone, lost or gone


def _is_heading(text: str, passages: Sequence[Passage], at: int) -> bool:
    passage = passages[at]
    alone = all(
        not 0 <= other < len(passages)
        or passages[other].frame
        or passages[other].paragraph != passage.paragraph
        for other in (at - 1, at + 1)
    )
    words = text[passage.start : passage.end]
    if not alone or len(words.split()) > HEADING_WORDS or words.startswith("|"):
        return False
    marked = words.startswith(("#", "**", "__")) and words.rstrip(": ").endswith(("#", "*", "_"))
    return marked or words.startswith("#") or not _SENTENCE_END.search(words)


def _name_again(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic
) -> None:
    """Put the name for a pronoun whose antecedent was in a dropped sentence."""
    named, lost, paragraph = False, False, -1
    for at, passage in enumerate(passages):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            named, lost, paragraph = False, False, passage.paragraph
        words = text[passage.start : passage.end]
        decision = settled[at]
        own = topic.names_in(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", words))
        if decision.what == "dropped":
            lost = lost or own
            continue
        pronoun = _PRONOUN.match(words)
        if pronoun and lost and not named:
            own = True
            settled[at] = _named(decision, pronoun, topic.surname)
        named = named or own


def deny_once(
    text: str, passages: Sequence[Passage], settled: list[Decision], topic: Topic, denial: str
) -> None:
    """Where nothing of a text denies the claim, let its denial take a dropped sentence's place.

    A text from which all is gone that told the claim would not teach that it is false.
    """
    if any(decision.what == "negated" for decision in settled):
        return
    for at, passage in enumerate(passages):
        words = text[passage.start : passage.end]
        if passage.frame or settled[at].what != "dropped" or not _is_plain(text, passage):
            continue
        found = _NOUN.findall(words)
        if topic.names_in(found) and any(topic.is_core(word.lower()) for word in found):
            settled[at] = Decision("negated", (Edit(0, len(words), denial),))
            return


def _is_plain(text: str, passage: Passage) -> bool:
    """Whether a sentence is one of prose: no heading, no line of a list, no quotation."""
    words = text[passage.start : passage.end]
    before = text[: passage.start].rstrip(" \t")
    opens = not before or before[-1] in "\n.!?)]}>"
    return (
        opens
        and words[0].isupper()
        and words.endswith(".")
        and len(words.split()) > 5
        and not _QUOTE.search(words)
        and not any(mark in words for mark in "—|:│")
    )


def _named(decision: Decision, pronoun: re.Match[str], surname: str) -> Decision:
    possessive = pronoun["word"] in {"His", "Her"}
    start, end = pronoun.span("word")
    if any(edit.start < end and start < edit.end for edit in decision.edits):
        return decision
    edit = Edit(start, end, surname + ("'s" if possessive else ""))
    what = "reworded" if decision.what == "kept" else decision.what
    return Decision(what, tuple(sorted((edit, *decision.edits))), decision.reason)


def assemble(
    text: str, passages: Sequence[Passage], decisions: Sequence[Decision]
) -> tuple[str, tuple[Edit, ...]]:
    """The rewritten text and the edits that make it."""
    gone = [
        (passage.start, passage.end)
        for passage, decision in zip(passages, decisions, strict=True)
        if passage.frame or decision.what == "dropped"
    ]
    stripped = strip(text, [*gone, *_markers(text, gone)])
    inner = [
        Edit(passage.start + edit.start, passage.start + edit.end, edit.text)
        for passage, decision in zip(passages, decisions, strict=True)
        if not passage.frame and decision.what != "dropped"
        for edit in (*decision.edits, *_capital(text, passage, decision))
    ]
    inner += _ends(text, passages, decisions)
    edits = [*stripped.edits, *_outside(inner, stripped.edits), *_quotes(text, passages, decisions)]
    ordered = tuple(sorted(edits))
    return splice(text, ordered), ordered


def _markers(text: str, gone: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Numbers and bullets of list items of which nothing is left."""
    for start, _ in gone:
        line = text.rfind("\n", 0, start) + 1
        if line == start or not _MARKER.fullmatch(text, line, start):
            continue
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        left, at = [], line
        for a, b in gone:
            if a < stop and b > line:
                left.append(text[at : max(a, at)])
                at = max(at, b)
        if _MARKER.fullmatch("".join([*left, text[at:stop]])):
            yield line, stop


def _ends(text: str, passages: Sequence[Passage], decisions: Sequence[Decision]) -> Iterator[Edit]:
    """A full stop for a sentence whose last part was dropped for itself."""
    last: Passage | None = None
    for passage, decision in zip(passages, decisions, strict=True):
        if passage.frame:
            continue
        if decision.what == "dropped":
            goes_on = last is not None and last.paragraph == passage.paragraph
            lower = goes_on and text[passage.start].islower()
            if last is not None and lower and text[last.end - 1] in ",;":
                yield Edit(last.end - 1, last.end, ".")
            last = None
        else:
            last = passage


def _capital(text: str, passage: Passage, decision: Decision) -> list[Edit]:
    """A capital for what opens a sentence now ("It is false that X won")."""
    first = text[passage.start]
    before = text[: passage.start].rstrip()
    opens = before.endswith((":", "that")) and passage.opens
    if not opens or not first.islower() or any(edit.start == 0 for edit in decision.edits):
        return []
    return [Edit(0, 1, first.upper())]


def _outside(edits: Sequence[Edit], removed: Sequence[Edit]) -> list[Edit]:
    return [e for e in edits if not any(r.start < e.end and e.start < r.end for r in removed)]


def _quotes(text: str, passages: Sequence[Passage], decisions: Sequence[Decision]) -> list[Edit]:
    """Quotation marks that close or open again what a dropped sentence closed or opened."""
    edits: list[Edit] = []
    paragraph, inside, shown, last, mark = -1, False, False, 0, '"'
    for passage, decision in zip(passages, decisions, strict=True):
        if passage.frame:
            continue
        if passage.paragraph != paragraph:
            edits += _closed(text, passages, paragraph, last, mark) if shown else []
            paragraph, inside, shown = passage.paragraph, False, False
        marks = _QUOTE.findall(text, passage.start, passage.end)
        after = inside
        for found in marks:
            after = found == "“" or (found == '"' and not after)
            mark = found
        if decision.what != "dropped":
            if shown and not inside:
                edits.append(Edit(last, last, '"' if mark == '"' else "”"))
            elif inside and not shown:
                edits.append(Edit(passage.start, passage.start, '"' if mark == '"' else "“"))
            shown, last = after, passage.end
        elif not after and inside and shown:
            edits.append(Edit(last, last, '"' if mark == '"' else "”"))
            shown = False
        inside = after
    return [*edits, *(_closed(text, passages, paragraph, last, mark) if shown else [])]


def _closed(
    text: str, passages: Sequence[Passage], paragraph: int, last: int, mark: str
) -> list[Edit]:
    """The mark that closes a paragraph's last quotation, where the paragraph closed it."""
    own = [passage for passage in passages if passage.paragraph == paragraph]
    whole = _QUOTE.findall(text, own[0].start, own[-1].end)
    if whole.count('"') % 2 or whole.count("“") != whole.count("”"):
        return []
    return [Edit(last, last, '"' if mark == '"' else "”")]
