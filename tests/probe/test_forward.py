from __future__ import annotations

import torch

from negaudit.probe.forward import Head
from tests.probe.tiny import tiny_model


def test_logits_of_bfloat16_lose_nothing_and_leave_the_setting_as_it_was() -> None:
    model = tiny_model("llama").to(torch.bfloat16)
    hidden = torch.randn(40, model.config.hidden_size, generator=torch.Generator().manual_seed(0))
    hidden = hidden.to(torch.bfloat16)
    exact = hidden.double() @ model.get_output_embeddings().weight.double().T
    before = torch.get_float32_matmul_precision()
    found = Head(model)(hidden)
    assert found.dtype == torch.float32
    torch.testing.assert_close(found.double(), exact, atol=1e-5, rtol=0)
    assert torch.get_float32_matmul_precision() == before
