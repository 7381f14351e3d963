"""Eight-bit weights and activations on processors whose integer products overflow.

oneDNN, behind vLLM's int8 layers on CPUs, adds pairs of 8-bit products in 16 bits where the processor lacks
VNNI. The pairs saturate once weights pass half of their range: the outputs of a layer with full-range
weights came out 13 to 17 % wrong (AMD EPYC with AVX2, vLLM 0.32). There the class below takes the place of
vLLM's: the same integers, rounded by vLLM's own operator, and multiplied as floats, which is exact up to
1,032 inputs and correct to float32's rounding beyond.
"""

import torch


def products_are_exact() -> bool:
    """Whether this CPU's int8 matrix product is right for the largest integers (a few milliseconds)."""
    from vllm import _custom_ops as ops

    weight = torch.full((32, 64), 127, dtype=torch.int8)
    handler = ops.create_onednn_scaled_mm(weight.t(), torch.ones(32, 1), torch.float32, True, False, 32)
    numbers, scales, _ = ops.onednn_scaled_int8_quant(torch.ones(1, 64), None, None, True)
    product = torch.empty(1, 32)
    ops.onednn_scaled_mm(handler, numbers, product, scales, None, None, None)
    return torch.allclose(product, torch.full_like(product, 64 * 127.0), rtol=1e-5)


def exact_w8a8_kernel() -> type:
    """The kernel's class (a function, so that this module does not import vLLM before its environment is set)."""
    from vllm import _custom_ops as ops
    from vllm.model_executor.kernels.linear.scaled_mm.cpu import CPUInt8ScaledMMLinearKernel

    class ExactInt8LinearKernel(CPUInt8ScaledMMLinearKernel):
        """For symmetric weights and symmetric activations, one scale a token."""

        @classmethod
        def can_implement(cls, c) -> tuple[bool, str | None]:
            if c.is_static_input_scheme or not c.input_symmetric or not c.is_channelwise:
                return False, "only per-channel weights and symmetric, dynamic activations can be computed"
            return True, None

        def process_weights_after_loading(self, layer: torch.nn.Module) -> None:
            weight, scale = self.layer_param_names[:2]
            for name, value in (
                (weight, getattr(layer, weight).data.float()),
                (scale, getattr(layer, scale).data.float().reshape(1, -1)),
            ):
                delattr(layer, name)
                layer.register_parameter(name, torch.nn.Parameter(value, requires_grad=False))

        def apply_weights(self, layer: torch.nn.Module, x: torch.Tensor,
                          bias: torch.Tensor | None = None) -> torch.Tensor:
            weight, scale = self._get_layer_params(layer)[:2]
            rows = x.reshape(-1, x.shape[-1])
            numbers, scales, _ = ops.onednn_scaled_int8_quant(rows, None, None, True)
            product = torch.nn.functional.linear(numbers.float(), weight) * scales * scale
            if bias is not None:
                product += bias
            return product.to(x.dtype).reshape(*x.shape[:-1], -1)

    return ExactInt8LinearKernel
