"""The remedies, in order of evidence; each module bears its remedy's name."""

from negaudit.fix.remedies.options import RemedyOptions
from negaudit.fix.remedies.registry import Propose, propose_many, remedy

__all__ = ["Propose", "RemedyOptions", "propose_many", "remedy"]
