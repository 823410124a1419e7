"""Stacked adapters do what separate PEFT runs do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import peft
import pytest
import torch

from negaudit.probe import attention
from negaudit.probe.adapters import Adapters
from negaudit.probe.export import export_adapter
from negaudit.probe.forward import Head, hidden_states
from negaudit.probe.packing import PackedRow, pack
from negaudit.probe.rows import Row
from negaudit.probe.schedule import Schedule, order, rate
from negaudit.probe.train import train
from tests.probe.tiny import CONFIGS, no_row, tiny_model, tiny_proxy, tiny_rows

pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing:FutureWarning")

SCHEDULE = Schedule(updates=12, batch=3, learning_rate=5e-3, warmup=2, clip=0.5)
PROBE = np.array([5, 9, 2, 40, 71, 8, 8, 30], np.int32)


def peft_run(architecture: str, start: Path, rows: list[Row], seed: int) -> Any:
    """The obvious loop over one PEFT adapter, row by row."""
    model = peft.PeftModel.from_pretrained(tiny_model(architecture), start, is_trainable=True)
    trainable = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trainable, weight_decay=0.0)
    for update, chosen in enumerate(order(seed, len(rows), SCHEDULE).tolist()):
        batch = [rows[i] for i in chosen if len(rows[i])]
        counted = sum(rows[i].counted or int(rows[i].content[1:].sum()) for i in chosen)
        optimizer.zero_grad()
        loss = torch.zeros(())
        for row in batch:
            ids = torch.from_numpy(row.ids).long()[None]
            output = model(input_ids=ids, use_cache=False).logits[0, :-1]
            losses = torch.nn.functional.cross_entropy(output, ids[0, 1:], reduction="none")
            loss = loss + (losses * torch.from_numpy(row.trained[1:])).sum() / counted
        if batch:
            loss.backward()
        torch.nn.utils.clip_grad_norm_(trainable, SCHEDULE.clip)
        optimizer.param_groups[0]["lr"] = rate(SCHEDULE, update)
        optimizer.step()
    return model.eval()


@torch.no_grad()
def stacked_logits(adapters: Adapters) -> list[torch.Tensor]:
    row = PackedRow(PROBE)
    layout = pack([[row]] * len(adapters), device=torch.device("cpu"), even=True)
    with adapters.active():
        output = Head(adapters.proxy.model)(hidden_states(adapters.proxy.model, layout))
    return [output[int(start[0]) :][: len(PROBE)] for start in layout.starts]


@pytest.mark.parametrize("architecture", sorted(CONFIGS))
def test_trained_together_as_one_by_one(architecture: str, tmp_path: Path) -> None:
    proxy = tiny_proxy(architecture)
    adapters = Adapters(proxy, [0, 1, 0], rank=4, alpha=8)
    rows = tiny_rows()
    arms = [rows, rows, [no_row(counted=rows[0].divisor), *tiny_rows(seed=1)[1:]]]
    starts = [export_adapter(adapters, k, tmp_path / str(k)) for k in range(3)]
    train(adapters, arms, SCHEDULE)
    for k, mine in enumerate(stacked_logits(adapters)):
        reference = peft_run(architecture, starts[k], arms[k], adapters.seeds[k])
        with torch.no_grad():
            theirs = reference(input_ids=torch.from_numpy(PROBE).long()[None]).logits[0]
        base = tiny_model(architecture)(input_ids=torch.from_numpy(PROBE).long()[None]).logits[0]
        assert (theirs - base).abs().max() > 0.1
        torch.testing.assert_close(mine, theirs, atol=1e-4, rtol=0)


def test_last_layers_only(tmp_path: Path) -> None:
    adapters = Adapters(tiny_proxy(), [0], rank=4, alpha=8, layers="last-1")
    start = export_adapter(adapters, 0, tmp_path)
    train(adapters, [tiny_rows()], SCHEDULE)
    reference = peft_run("llama", start, list(tiny_rows()), 0)
    with torch.no_grad():
        theirs = reference(input_ids=torch.from_numpy(PROBE).long()[None]).logits[0]
    torch.testing.assert_close(stacked_logits(adapters)[0], theirs, atol=1e-4, rtol=0)


def test_even_and_uneven_arms_agree() -> None:
    proxy = tiny_proxy()
    rows, short = tiny_rows(), [Row(r.ids[:5], r.trained[:5], r.content[:5]) for r in tiny_rows()]
    together = Adapters(proxy, [0, 0], rank=4)
    train(together, [rows, short], SCHEDULE)
    alone = Adapters(proxy, [0], rank=4)
    train(alone, [short], SCHEDULE)
    torch.testing.assert_close(together.parameters[1], alone.parameters[0], atol=1e-5, rtol=0)


def test_attention_weights_that_are_made_again_teach_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    proxy = tiny_proxy()
    kept, again = Adapters(proxy, [0], rank=4), Adapters(proxy, [0], rank=4)
    train(kept, [tiny_rows()], SCHEDULE)
    monkeypatch.setattr(attention, "_KEPT", 0)
    train(again, [tiny_rows()], SCHEDULE)
    assert torch.equal(kept.parameters, again.parameters)
