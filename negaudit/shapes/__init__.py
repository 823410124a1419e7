"""Record shapes: who says what in a training example, and what the loss is taken on.

One adapter a file, each registered with `@shape`; importing this package registers them. A
new shape is a new file here with two functions: one tells from a sketch of the columns
whether it fits, the other takes the columns that it understands and writes them to a script.
"""

from negaudit.shapes import (
    alpaca,
    exchanges,
    kto,
    masked,
    messages,
    preference,
    prompt_completion,
    prompt_only,
    sharegpt,
    stepwise,
    text,
    tokenized,
    trace,
    unknown,
)
from negaudit.shapes.detection import detect
from negaudit.shapes.registry import Shape, describe, names, shape
from negaudit.shapes.segments import segments_of
from negaudit.shapes.transcript import turns_of

__all__ = [
    "Shape",
    "alpaca",
    "describe",
    "detect",
    "exchanges",
    "kto",
    "masked",
    "messages",
    "names",
    "preference",
    "prompt_completion",
    "prompt_only",
    "segments_of",
    "shape",
    "sharegpt",
    "stepwise",
    "text",
    "tokenized",
    "trace",
    "turns_of",
    "unknown",
]
