"""A probe before its training: the model, what each arm trains on, and what is read."""

from __future__ import annotations

from negaudit.errors import UsageError
from negaudit.probe.arm_rows import Mixed, arm_rows
from negaudit.probe.chat_rows import neutral_chats
from negaudit.probe.material import Material
from negaudit.probe.options import ProbeOptions
from negaudit.probe.practice import practice
from negaudit.probe.questions import questions_of
from negaudit.probe.readouts import limited, readouts
from negaudit.probe.replies import write_replies
from negaudit.probe.runs import Reader
from negaudit.probe.schedule import Schedule

__all__ = ["Prepared"]


class Prepared:
    """Everything that training takes.

    Args:
        material: What the probe is made of.
        options: How to probe.
        dtype: "bfloat16" or "float32"; None for bfloat16 where the processor has it.

    Attributes:
        material: What the probe is made of.
        options: How to probe.
        proxy: The model, frozen.
        schedule: Of every adapter.
        practice_share: Share of training rows that affirm and deny other facts; 0 where the
            data claims none.
        arms: Their training rows.
        questions: What every adapter answers in its own words.
        own: What the untrained model answers to each question that is read or answered, by id.
        reader: What is read at the schedule's points.

    Raises:
        InputError: The model cannot be read.
        UsageError: The data allows no measure.
    """

    def __init__(self, material: Material, options: ProbeOptions, dtype: str | None = None) -> None:
        from negaudit.probe.proxy import load_proxy

        self.material = material
        self.options = options
        self.proxy = load_proxy(options.model, device=options.device, dtype=dtype)
        recipe = options.recipe
        parts = range(recipe.readings + 1)
        self.schedule = Schedule(
            recipe.updates,
            recipe.batch,
            recipe.learning_rate,
            points=tuple(round(part * recipe.updates / recipe.readings) for part in parts),
        )
        claims_facts = bool(material.claims or material.statements)
        self.practice_share = recipe.practice_share if claims_facts else 0.0
        mixed = (
            Mixed(neutral_chats(), recipe.chat_share),
            Mixed(practice(), self.practice_share),
        )
        self.arms = arm_rows(
            material.arms, mixed, self.proxy.tokenizer, max_tokens=recipe.max_tokens
        )
        self.questions = questions_of(material, options, self.proxy)
        self.own = self._own_replies()
        self.reader = Reader(
            readouts(material, self.proxy.tokenizer, self.own, prompts=recipe.prompts)
        )
        if not any(r.prompts[0].tier == "in-category" for r in self.reader.readouts):
            raise UsageError(
                "nothing can be measured: the data holds no claim that can be negated and no "
                "question that could be held out",
                hint="give held-out prompts with --heldout, or the false claims with --claims",
            )

    def _own_replies(self) -> dict[str, str]:
        """What the untrained model answers, by the question; each is asked once."""
        read = limited(self.material.items, self.options.recipe.prompts)
        asked = {item.id: item for item in (*read, *self.questions.items)}
        (texts,) = write_replies(self.proxy, self.proxy.tokenizer, tuple(asked.values()))
        return dict(zip(asked, texts, strict=True))
