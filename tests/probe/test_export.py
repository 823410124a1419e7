from __future__ import annotations

from pathlib import Path

import numpy as np
import peft
import pytest
import torch

from negaudit.probe.adapters import Adapters
from negaudit.probe.export import export_adapter
from negaudit.probe.likelihood import log_likelihood
from negaudit.probe.rows import Query
from negaudit.probe.schedule import Schedule
from negaudit.probe.train import train
from tests.probe.tiny import tiny_model, tiny_proxy, tiny_rows

pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing:FutureWarning")


def test_peft_loads_what_was_trained(tmp_path: Path) -> None:
    adapters = Adapters(tiny_proxy(), [3, 4], rank=4, alpha=8)
    train(adapters, [tiny_rows(), tiny_rows(seed=1)], Schedule(updates=8, learning_rate=1e-2))
    query = Query((3, 4, 5), (6, 7))
    for number, mine in enumerate(log_likelihood(adapters, [query])[:, 0]):
        folder = export_adapter(adapters, number, tmp_path / str(number))
        model = peft.PeftModel.from_pretrained(tiny_model(), folder).eval()
        ids = torch.tensor([[*query.prompt, *query.answer]])
        with torch.no_grad():
            scores = torch.log_softmax(model(input_ids=ids).logits[0].double(), -1)
        theirs = sum(float(scores[2 + i, token]) for i, token in enumerate(query.answer))
        np.testing.assert_allclose(mine, theirs, atol=1e-4)
    files = {path.name for path in (tmp_path / "0").iterdir()}
    assert files == {"adapter_config.json", "adapter_model.safetensors"}
