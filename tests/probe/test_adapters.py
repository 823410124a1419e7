from __future__ import annotations

import pytest
import torch

from negaudit.errors import UsageError
from negaudit.probe.adapters import Adapters, parameters_of
from tests.probe.tiny import tiny_proxy


def test_initial_values_are_those_of_lora() -> None:
    adapters = Adapters(tiny_proxy(), [0, 0, 1], rank=4)
    for place in adapters.places:
        a, b = adapters.matrices(place)
        bound = place.joined.weight.shape[1] ** -0.5
        assert a.shape == (3, place.joined.weight.shape[1], 4)
        assert b.shape == (3, 4, place.joined.widths[place.part])
        assert 0.5 * bound < a.abs().max() <= bound
        assert not b.any()
        assert torch.equal(a[0], a[1])
        assert not torch.equal(a[0], a[2])


def test_all_linear_layers_have_one() -> None:
    proxy = tiny_proxy()
    names = {p.joined.names[p.part] for p in Adapters(proxy, [0], rank=2).places}
    kinds = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    assert {name.rpartition(".")[2] for name in names} == set(kinds)
    assert len(names) == 2 * len(kinds)


def test_last_layers() -> None:
    proxy = tiny_proxy()
    some = Adapters(proxy, [0], rank=2, layers="last-1")
    assert {place.joined.layer for place in some.places} == {1}
    assert some.parameters.shape[1] * 2 == parameters_of(proxy, 2)
    for wrong in ("last-0", "last-3", "last", "first-1"):
        with pytest.raises(UsageError, match=r"last-1.*last-2"):
            Adapters(proxy, [0], layers=wrong)
