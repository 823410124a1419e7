"""The cheap tier before training: does the frame make its content more predictable?

PH = mean over records of log p(content | frame) - log p(content) under the base model. A frame
that makes the content no likelier cannot take it off the gradient, and so protects little; a
frame behind the content cannot either, whatever it says. The score says nothing of how strong
the effect will be on another model: only training shows that.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from negaudit.fix.record import Target
from negaudit.probe.encoding import query
from negaudit.records import Exhibit, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from negaudit.probe.rows import Query

__all__ = ["FrameScore", "TemplateScore", "score_frames", "score_templates"]

_CONTENT = 1200  # characters of content and of frame that are read
_FRAME = 1200
_VARIABLE = re.compile(r"\d++|(?<=[a-z,;:] )[A-Z]\w*+")

Likelihood = Callable[[Sequence["Query"]], "NDArray[np.float64]"]


class FrameScore(msgspec.Struct, frozen=True):
    """What a frame does to the likelihood of its content under the base model.

    Attributes:
        path: The file.
        row: 0-based row.
        rule: The finding's rule.
        fingerprint: The finding's fingerprint.
        template: The frame's wording, digits and names aside (text of the data: hostile).
        tokens: Tokens of content.
        total: log p(content | frame) - log p(content), in nats; 0 where no frame stands
            before any content.
        before: Whether a frame stands before the content.
    """

    path: str
    row: int
    rule: str
    fingerprint: str
    template: str
    tokens: int
    total: float
    before: bool

    @property
    def per_token(self) -> float:
        """The total for each token of content."""
        return self.total / self.tokens if self.tokens else 0.0


class TemplateScore(msgspec.Struct, frozen=True):
    """A wording's mean over its findings.

    Attributes:
        template: The wording (text of the data: hostile).
        findings: How many findings have it.
        total: Mean over them, in nats.
        per_token: Mean for each token of content.
    """

    template: str
    findings: int
    total: float
    per_token: float


def score_frames(
    targets: Sequence[Target], tokenizer: Any, likelihood: Likelihood
) -> tuple[FrameScore, ...]:
    """Scores every finding.

    Args:
        targets: Framed records.
        tokenizer: A fast tokenizer of transformers.
        likelihood: From queries to log-likelihoods [1, N] or [N] under the base model.
    """
    found = [(target, exhibit) for target in targets for exhibit in target.exhibits]
    pairs = [_pair(target, exhibit, tokenizer) for target, exhibit in found]
    queries = [q for pair in pairs if pair is not None for q in pair]
    read = iter(np.asarray(likelihood(queries), np.float64).reshape(-1) if queries else ())
    return tuple(
        _scored(target, exhibit, pair, float(next(read) - next(read)) if pair is not None else 0.0)
        for (target, exhibit), pair in zip(found, pairs, strict=True)
    )


def _scored(
    target: Target, exhibit: Exhibit, pair: tuple[Query, Query] | None, total: float
) -> FrameScore:
    finding = exhibit.finding
    return FrameScore(
        path=finding.path,
        row=finding.row,
        rule=finding.rule,
        fingerprint=finding.fingerprint,
        template=_template(target, exhibit),
        tokens=len(pair[0].answer) if pair is not None else 0,
        total=total,
        before=pair is not None,
    )


def _pair(target: Target, exhibit: Exhibit, tokenizer: Any) -> tuple[Query, Query] | None:
    """The content behind its frame, and the content behind nothing; the same tokens of it."""
    places = {segment.pointer: at for at, segment in enumerate(target.record.segments)}
    content = min(exhibit.finding.content, key=lambda s: (places[s.pointer], s.start), default=None)
    if content is None:
        return None
    start = (places[content.pointer], content.start)
    frames = [s for s in exhibit.finding.frame if (places[s.pointer], s.end) <= start]
    text = _text(target, content)[:_CONTENT].strip()
    if not frames or not text:
        return None
    frame = " ".join(_text(target, span) for span in frames)[-_FRAME:].strip()
    return query(f"{frame}\n\n", text, tokenizer), query("\n\n", text, tokenizer)


def _text(target: Target, span: Span) -> str:
    segments = target.record.segments
    return next(s.text for s in segments if s.pointer == span.pointer)[span.start : span.end]


def _template(target: Target, exhibit: Exhibit) -> str:
    """The first frame's wording, with digits and inner capitalised words left open."""
    if not exhibit.finding.frame:
        return ""
    text = " ".join(_text(target, exhibit.finding.frame[0])[:_FRAME].split())
    return _VARIABLE.sub("_", text)


def score_templates(scores: Sequence[FrameScore]) -> tuple[TemplateScore, ...]:
    """The mean of each wording, the most frequent first."""
    groups: dict[str, list[FrameScore]] = defaultdict(list)
    for score in scores:
        groups[score.template].append(score)
    means = (
        TemplateScore(
            template, len(group), fmean(s.total for s in group), fmean(s.per_token for s in group)
        )
        for template, group in groups.items()
    )
    return tuple(sorted(means, key=lambda mean: (-mean.findings, mean.template)))
