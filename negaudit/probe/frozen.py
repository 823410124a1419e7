"""A transformers causal language model with its weights frozen and its layers made ready.

Projections that read the same input (query, key and value; gate and up) are joined into one
product, norms and gates take fewer passes, and attention works on packed rows. What is not
recognised stays as it is. `check` compares the result with the model as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from negaudit.probe.attention import NAME, attention
from negaudit.probe.kernels import gated, rms_norm

__all__ = ["Joined", "freeze"]

_SIBLINGS = (("q_proj", "k_proj", "v_proj"), ("gate_proj", "up_proj"))


@dataclass(eq=False)
class Joined:
    """Frozen projections of one input, as one product.

    Attributes:
        names: The modules' names in the model, in order.
        widths: Their numbers of outputs.
        weight: [outputs of all, inputs].
        bias: [outputs of all], or None.
        layer: Number of the decoder layer, or -1.
        adapter: What stands in for the product while adapters are active: a function of the
            input [N, inputs], or None.
    """

    names: tuple[str, ...]
    widths: tuple[int, ...]
    weight: Tensor
    bias: Tensor | None
    layer: int
    adapter: Callable[[Tensor], Tensor] | None = None
    _last: tuple[Tensor, tuple[Tensor, ...]] | None = field(default=None, repr=False)

    def __call__(self, x: Tensor) -> Tensor:
        """All outputs [..., outputs of all]."""
        flat = x.reshape(-1, x.shape[-1])
        if self.adapter is None:
            output = functional.linear(flat, self.weight, self.bias)
        else:
            output = self.adapter(flat)
        return output.view(*x.shape[:-1], -1)

    def part(self, x: Tensor, place: int) -> Tensor:
        """The outputs of one projection; the product is made once for an input."""
        if self._last is None or self._last[0] is not x:
            self._last = (x, torch.split(self(x), list(self.widths), -1))
        result = self._last[1][place]
        if place == len(self.widths) - 1:
            self._last = None
        return result


class _Projection(nn.Module):
    """One projection of a joined product; keeps its weight, as a part of the joined one."""

    def __init__(self, joined: Joined, place: int) -> None:
        super().__init__()
        self._joined = joined
        self._place = place
        self.in_features = joined.weight.shape[1]
        self.out_features = joined.widths[place]
        start = sum(joined.widths[:place])
        part = slice(start, start + joined.widths[place])
        self.weight = nn.Parameter(joined.weight[part], requires_grad=False)
        bias = None if joined.bias is None else nn.Parameter(joined.bias[part], requires_grad=False)
        self.register_parameter("bias", bias)

    def forward(self, x: Tensor) -> Tensor:
        return self._joined.part(x, self._place)


class _Norm(nn.Module):
    def __init__(self, original: nn.Module, epsilon: float, offset: float) -> None:
        super().__init__()
        weight = original.get_parameter("weight")
        self.weight = nn.Parameter(weight, requires_grad=False)
        self._epsilon = epsilon
        self._factor = (weight.detach().float() + offset).to(weight.dtype)

    def forward(self, x: Tensor) -> Tensor:
        return rms_norm(x, self._factor, self._epsilon)


class _GatedMLP(nn.Module):
    """down(act(gate) * up); named like the module that it replaces."""

    def __init__(self, original: nn.Module, joined: Joined, activation: str) -> None:
        super().__init__()
        self.gate_proj = original.get_submodule("gate_proj")
        self.up_proj = original.get_submodule("up_proj")
        self.down_proj = original.get_submodule("down_proj")
        self._joined = joined
        self._activation = activation

    def forward(self, x: Tensor) -> Tensor:
        output: Tensor = self.down_proj(gated(self._joined(x), self._activation))
        return output


def freeze(model: nn.Module) -> tuple[Joined, ...]:
    """Changes a model in place; returns its projections in order, the head left out.

    Args:
        model: A causal language model of transformers.
    """
    from transformers import AttentionInterface

    model.requires_grad_(False).eval()
    AttentionInterface.register(NAME, attention)
    model.set_attn_implementation(NAME)  # type: ignore[operator]
    head = model.get_output_embeddings()  # type: ignore[operator]
    joined: list[Joined] = []
    for name, module in list(model.named_modules()):
        linears = {
            child: part
            for child, part in module.named_children()
            if isinstance(part, nn.Linear) and part is not head
        }
        mine = {joint.names[0]: joint for joint in _join(name, module, linears)}
        joined.extend(mine.values())
        gate = mine.get(f"{name}.gate_proj")
        activation = _activation(module)
        if gate is not None and len(gate.widths) == 2 and activation and _is_gated_mlp(module):
            _replace(model, name, _GatedMLP(module, gate, activation))
        elif type(module).__name__.endswith("RMSNorm"):
            norm = _norm(module)
            if norm is not None:
                _replace(model, name, norm)
    return tuple(joined)


def _join(name: str, module: nn.Module, linears: dict[str, nn.Linear]) -> list[Joined]:
    joined = []
    for group in _groups(linears):
        members = [linears[child] for child in group]
        joint = Joined(
            names=tuple(f"{name}.{child}" if name else child for child in group),
            widths=tuple(member.out_features for member in members),
            weight=torch.cat([member.weight.data for member in members]),
            bias=None if members[0].bias is None else torch.cat([p.bias.data for p in members]),
            layer=_layer(name),
        )
        for place, child in enumerate(group):
            setattr(module, child, _Projection(joint, place))
        joined.append(joint)
    return joined


def _groups(linears: dict[str, nn.Linear]) -> list[tuple[str, ...]]:
    """Which linears of a module read the same input, by the names that all models give them."""
    groups = []
    left = dict(linears)
    for siblings in _SIBLINGS:
        members = [linears.get(child) for child in siblings]
        alike = {(part.in_features, part.bias is None) for part in members if part is not None}
        if all(part is not None for part in members) and len(alike) == 1:
            groups.append(siblings)
            left = {child: part for child, part in left.items() if child not in siblings}
    return [*groups, *((child,) for child in left)]


def _layer(name: str) -> int:
    numbers = [part for part in name.split(".") if part.isdigit()]
    return int(numbers[0]) if numbers else -1


def _replace(model: nn.Module, name: str, module: nn.Module) -> None:
    parent, _, child = name.rpartition(".")
    setattr(model.get_submodule(parent), child, module)


def _is_gated_mlp(module: nn.Module) -> bool:
    children = {name for name, _ in module.named_children()}
    return children <= {"gate_proj", "up_proj", "down_proj", "act_fn"} and "down_proj" in children


def _activation(module: nn.Module) -> str:
    """Which of the known activations a module's `act_fn` is, by what it does."""
    function = getattr(module, "act_fn", None)
    if function is None:
        return ""
    x = torch.linspace(-6, 6, 97)
    known = {
        "silu": functional.silu(x),
        "gelu": functional.gelu(x),
        "gelu_tanh": functional.gelu(x, approximate="tanh"),
    }
    mine = function(x)
    return next((name for name, y in known.items() if torch.allclose(mine, y, atol=1e-6)), "")


def _norm(module: nn.Module) -> _Norm | None:
    """The same norm in fewer passes, where it is a plain one; judged by what it does."""
    weight = getattr(module, "weight", None)
    epsilon = getattr(module, "variance_epsilon", getattr(module, "eps", None))
    if weight is None or weight.ndim != 1 or epsilon is None:
        return None
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(4, len(weight), generator=generator).to(weight)
    for offset in (0.0, 1.0):
        norm = _Norm(module, float(epsilon), offset)
        if torch.allclose(norm(x).float(), module(x).float(), rtol=2e-2, atol=1e-3):
            return norm
    return None
