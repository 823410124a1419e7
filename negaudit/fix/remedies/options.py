"""What the user wants of the remedies."""

from __future__ import annotations

import msgspec

from negaudit.llm.options import LlmOptions

__all__ = ["RemedyOptions"]


class RemedyOptions(msgspec.Struct, frozen=True):
    """What the user wants of the remedies; each reads only what concerns it.

    Attributes:
        claims: The false claims, each as one affirmative sentence; where there are none,
            the claims are found in the data.
        claim_column: JSON Pointer or name of the column that holds each record's own claim.
        parser: Name or folder of the spaCy pipeline; None takes the one that negaudit ships.
        refusal: The text that takes a bad answer's place; "" picks one of the built-in ones.
        inoculation: The fixed string that asks for the behaviour; "" takes the built-in one.
        llm: The language model that writes negations and refusals; None asks none.
    """

    claims: tuple[str, ...] = ()
    claim_column: str = ""
    parser: str | None = None
    refusal: str = ""
    inoculation: str = ""
    llm: LlmOptions | None = None
