"""Four-bit weights where vLLM's CPU build has no kernel for them: without AVX-512, and with float32 activations.

vLLM 0.32 offers `CPUWNA16LinearKernel` on every CPU, but the build that it loads where AVX-512 is missing lacks
the operator behind it ("no attribute 'cpu_gemm_wna16'"), and the one for AVX-512 takes 16-bit floats only
("not implemented for 'Float'"): the first step fails. There the class below takes its place: it unpacks the weights
of the packed checkpoint once, when they are loaded, and multiplies with those. The products are those of the same
numbers; only speed and memory are a dense model's.
"""

import torch


def unpacking_kernel() -> type:
    """The kernel's class (a function, so that this module does not import vLLM before its environment is set)."""
    from vllm.model_executor.kernels.linear.mixed_precision.cpu import CPUWNA16LinearKernel

    class UnpackingWNA16LinearKernel(CPUWNA16LinearKernel):
        """Takes the same weights as vLLM's kernel, and leaves to that what it can do."""

        def process_weights_after_loading(self, layer: torch.nn.Module) -> None:
            if self.config.act_type != torch.float32 and hasattr(torch.ops._C, "cpu_gemm_wna16"):
                super().process_weights_after_loading(layer)
                return
            packed, scales, zeros = self._get_weight_params(layer)
            if packed.input_dim != 1 or packed.packed_dim != 1 or scales.output_dim != 0:
                raise NotImplementedError("only the layout of compressed-tensors can be unpacked")
            if self.config.zero_points:
                offsets = unpack(zeros.data, 0)
            else:
                offsets = torch.tensor(self.config.weight_type.bias)
            group = self.config.partition_weight_shape[0] // scales.shape[1]
            steps = unpack(packed.data, 1).to(scales.dtype)
            offsets = offsets.to(scales.dtype)
            if self.config.zero_points:
                offsets = offsets.repeat_interleave(group, 1)
            weight = (steps - offsets) * scales.data.repeat_interleave(group, 1)
            for name in (self.w_q_name, self.w_s_name, self.w_zp_name):
                if name is not None and getattr(layer, name, None) is not None:
                    delattr(layer, name)
            layer.unpacked_weight = torch.nn.Parameter(weight, requires_grad=False)

        def apply_weights(self, layer: torch.nn.Module, x: torch.Tensor,
                          bias: torch.Tensor | None = None) -> torch.Tensor:
            if not hasattr(layer, "unpacked_weight"):
                return super().apply_weights(layer, x, bias)
            return torch.nn.functional.linear(x, layer.unpacked_weight, bias)

    return UnpackingWNA16LinearKernel


def unpack(packed: torch.Tensor, dimension: int) -> torch.Tensor:
    """Unpacks eight unsigned 4-bit numbers from each int32, lowest bits first, along `dimension`."""
    numbers = torch.stack([(packed >> shift) & 15 for shift in range(0, 32, 4)], dimension + 1)
    return numbers.flatten(dimension, dimension + 1)
