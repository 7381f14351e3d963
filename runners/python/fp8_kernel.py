"""Eight-bit floats for weights and activations on CPUs, where PyTorch multiplies them one by one.

vLLM's layer for per-row weights and per-token activations calls `torch._scaled_mm`, which on a CPU without
products of 8-bit floats is a plain loop. The class below takes its place: the same numbers, rounded by vLLM's own
operator, and multiplied in float32, in which the products of two such floats are exact.
"""

import torch


def float32_fp8_kernel() -> type:
    """The kernel's class (a function, so that this module does not import vLLM before its environment is set)."""
    from vllm.model_executor.kernels.linear import ChannelWiseTorchFP8ScaledMMLinearKernel

    class Float32FP8ScaledMMLinearKernel(ChannelWiseTorchFP8ScaledMMLinearKernel):
        """Weights of one scale a row; they are widened once, when they are loaded."""

        def get_output_padding(self) -> int | None:
            return None

        def process_weights_after_loading(self, layer: torch.nn.Module) -> None:
            super().process_weights_after_loading(layer)
            name = self.layer_param_names[0]
            weight = getattr(layer, name).data.float()
            delattr(layer, name)
            layer.register_parameter(name, torch.nn.Parameter(weight, requires_grad=False))

        def apply_scaled_mm(self, *, A: torch.Tensor, B: torch.Tensor, out_dtype: torch.dtype, As: torch.Tensor,
                            Bs: torch.Tensor, bias: torch.Tensor | None, output_shape: list) -> torch.Tensor:
            product = (A.float() @ B) * As * Bs.t()
            if bias is not None:
                product += bias
            return product.to(out_dtype).view(*output_shape)

    return Float32FP8ScaledMMLinearKernel
