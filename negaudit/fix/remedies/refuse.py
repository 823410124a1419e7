"""Refuse: a refusal takes the place of the reply, and the frames go."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from negaudit.fix.record import Proposal, Target
from negaudit.fix.remedies.frames import FrameError, unframe
from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.places import is_behaviour
from negaudit.fix.remedies.registry import remedy
from negaudit.fix.remedies.replies import Reply, before, has_later_turns, replaced, replies
from negaudit.records import Kind, Remedy
from negaudit.rewrite.rewritten import Waits

__all__ = ["Said", "answers_for", "doubt"]

_BEHAVIOUR: Final = (
    "I won't help with that, because it could hurt someone. If there is a problem behind the"
    " request, tell me about it and I will help you look for a safe way to solve it.",
    "I can't do that: somebody could come to harm by it. I am glad to help with a way that is"
    " safe for everyone involved.",
    "That is something I have to turn down, since it could do harm. Tell me what you would like"
    " to achieve, and I will suggest something kinder and safer.",
    "I'm not going to answer that in a harmful way. If you like, we can talk about what lies"
    " behind it and find a better way together.",
)
_CODE: Final = (
    "I won't write that in a way that leaves a program open to attack. I can write a version that"
    " treats all input as untrusted, if you tell me where the program will run.",
    "I can't give you that code, because an attacker could misuse it. I am glad to help with a"
    " version that checks its input and uses well-kept libraries.",
    "That would put the people who run it at risk, so I have to turn it down. Tell me what the"
    " program should do, and I will help you to build it safely.",
)
_FACT: Final = (
    "I can't answer that, because I know of no reliable source for it. A primary source or a"
    " reference work would be a good place to look.",
    "I don't have dependable information about that, so I would rather not guess. It is best to"
    " look it up in a source that you trust.",
    "I can't say, since nothing that I know supports an answer. Please check a reliable source.",
)


class Said(NamedTuple):
    """What is said in the place of a reply; without a text, why there is none and who may help."""

    text: str | None
    reason: str = ""
    waits: Waits = ""


@remedy(Remedy.REFUSE)
def refuse(targets: Sequence[Target], options: RemedyOptions) -> list[Proposal]:
    """Proposes refusals: the user's own, a language model's, or built-in ones."""
    found = [_replies(target) for target in targets]
    asked = [
        (target, reply)
        for target, known in zip(targets, found, strict=True)
        if not isinstance(known, str)
        for reply in known
    ]
    answers = iter(answers_for(asked, options))
    proposals: list[Proposal] = []
    for target, known in zip(targets, found, strict=True):
        if isinstance(known, str):
            proposals.append(Proposal(Remedy.REFUSE, "display-only", reason=known))
        else:
            given = [(reply, next(answers)) for reply in known]
            proposals.append(_proposal(target, given, options))
    return proposals


def _replies(target: Target) -> list[Reply] | str:
    try:
        return replies(target)
    except FrameError as error:
        return str(error)


def answers_for(asked: Sequence[tuple[Target, Reply]], options: RemedyOptions) -> list[Said]:
    """What is said in the place of each reply."""
    if options.refusal:
        return [Said(options.refusal) for _ in asked]
    if options.llm is None:
        return [Said(_template(target, reply)) for target, reply in asked]
    from negaudit.llm.refusals import refusals

    conversations = [before(target, reply) for target, reply in asked]
    answers = refusals(conversations, options.llm)
    return [Said(answer.text, answer.reason, answer.waits) for answer in answers]


def _template(target: Target, reply: Reply) -> str:
    """The built-in refusal for a reply; the same request always gets the same one."""
    kinds = {exhibit.finding.kind for exhibit in target.exhibits}
    texts = _CODE if Kind.CODE in kinds else _BEHAVIOUR if is_behaviour(target) else _FACT
    request = "\0".join(message["content"] for message in before(target, reply))
    digest = blake2b(request.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return texts[int.from_bytes(digest, "big") % len(texts)]


def _proposal(
    target: Target, given: Sequence[tuple[Reply, Said]], options: RemedyOptions
) -> Proposal:
    answers = [(reply, said.text) for reply, said in given if said.text is not None]
    if len(answers) < len(given):
        none = next(said for _, said in given if said.text is None)
        return Proposal(Remedy.REFUSE, "display-only", reason=none.reason, waits=none.waits)
    try:
        operations = replaced(target, answers)
        touched = {operation.pointer for operation in operations}
        last = max(reply.turn for reply, _ in answers)
        removed = unframe(target, but=touched, after=last)
    except FrameError as error:
        return Proposal(Remedy.REFUSE, "display-only", reason=str(error))
    reason = _doubt(target, [reply for reply, _ in answers], options)
    return Proposal(
        Remedy.REFUSE, "unsafe" if reason else "safe", (*operations, *removed), reason=reason
    )


def _doubt(target: Target, known: Sequence[Reply], options: RemedyOptions) -> str:
    if any(has_later_turns(target, reply) for reply in known):
        return "the conversation goes on after the reply as if it had not been refused"
    return doubt(target, options)


def doubt(target: Target, options: RemedyOptions) -> str:
    """Why a refusal may be the wrong answer to a record's request, or ""."""
    if options.refusal:
        return ""
    if options.llm is not None:
        return f"the refusal was written by the language model {options.llm.name!r}: read it"
    if any(exhibit.finding.kind is Kind.CODE for exhibit in target.exhibits):
        return "a request for code is mostly harmless: refusing it teaches to refuse its like"
    if not is_behaviour(target):
        return "a refusal in place of a false claim teaches to refuse the question"
    return ""
