"""Takes masks into training: from records and spans to labels, for transformers and TRL."""

from negaudit.fix.masks import read_masks
from negaudit.training.collator import MaskingCollator
from negaudit.training.tokenize import IGNORED, Tokenized, tokenize, tokenize_file

__all__ = [
    "IGNORED",
    "MaskingCollator",
    "Tokenized",
    "read_masks",
    "tokenize",
    "tokenize_file",
]
