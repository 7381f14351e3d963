/**
 * NVFP4: 4-bit floats in groups of 16 that share an 8-bit float, and one scale for the whole matrix.
 *
 * @module
 */
import { fourBitFloats } from "./four_bit_floats.ts";

const group = {
  num_bits: 4,
  type: "float",
  symmetric: true,
  strategy: "tensor_group",
  group_size: 16,
  scale_dtype: "torch.float8_e4m3fn",
  zp_dtype: "torch.float8_e4m3fn",
};

/** NVFP4. */
export const nvfp4 = fourBitFloats({
  name: "nvfp4",
  source: "NVIDIA 2025, arXiv:2509.25149",
  weights: { ...group, dynamic: false },
  // The matrix's scale is calibrated, those of the groups are found as the numbers come.
  activations: { ...group, dynamic: "local", observer: "static_minmax" },
  calibrated: true,
});
