"""Eight-bit weights and activations on x86 processors without VNNI, where the products of vLLM's library saturate.

oneDNN adds two 8-bit products in 16 bits there, and cuts what does not fit. On a small W8A8 Llama the logits were off
by 0.027 (root mean square, of 0.23) from the baseline's where the arithmetic of the scheme gives 0.004.
The class below takes the place of vLLM's kernel: the same rounding of weights and activations, but
sums that are exact (float32 holds sums of up to 1,040 such products exactly, and longer ones almost).
"""

import torch


def exact_int8_kernel() -> type:
    """The kernel's class (a function, so that this module does not import vLLM before its environment is set)."""
    from vllm.model_executor.kernels.linear.scaled_mm.cpu import CPUInt8ScaledMMLinearKernel
    from vllm.model_executor.layers.quantization.utils.w8a8_utils import convert_to_channelwise

    class ExactInt8ScaledMMLinearKernel(CPUInt8ScaledMMLinearKernel):
        """Symmetric activations, scaled for each token as they come; other schemes stay with vLLM's kernel."""

        def process_weights_after_loading(self, layer: torch.nn.Module) -> None:
            if self.config.is_static_input_scheme or not self.config.input_symmetric:
                super().process_weights_after_loading(layer)
                return
            weight_name, scale_name, *_ = self.layer_param_names
            scale = getattr(layer, scale_name)
            if len(layer.logical_widths) > 1 and not self.config.is_channelwise:
                scale = convert_to_channelwise(scale, layer.logical_widths)
            layer.steps = torch.nn.Parameter(getattr(layer, weight_name).float(), requires_grad=False)
            layer.step_sizes = torch.nn.Parameter(scale.float().reshape(1, -1), requires_grad=False)
            delattr(layer, weight_name)
            delattr(layer, scale_name)
            self.linear_method = apply_exactly

    return ExactInt8ScaledMMLinearKernel


def apply_exactly(layer: torch.nn.Module, x: torch.Tensor, bias: torch.Tensor | None = None) -> torch.Tensor:
    """Rounds each token to 255 steps of its own size and multiplies; the result has the type of `x`."""
    tokens = x.float()
    sizes = tokens.abs().amax(-1, keepdim=True) / 127
    steps = torch.where(sizes > 0, tokens / sizes, 0).round().clamp(-127, 127)
    result = (steps @ layer.steps.t()) * sizes * layer.step_sizes
    if bias is not None:
        result += bias
    return result.to(x.dtype)
