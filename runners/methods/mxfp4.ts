/**
 * MXFP4: 4-bit floats in groups of 32 that share a power of two (OCP Microscaling).
 *
 * @module
 */
import { fourBitFloats } from "./four_bit_floats.ts";

const group = {
  num_bits: 4,
  type: "float",
  symmetric: true,
  strategy: "group",
  group_size: 32,
  scale_dtype: "torch.uint8",
  zp_dtype: "torch.uint8",
};

/** MXFP4. */
export const mxfp4 = fourBitFloats({
  name: "mxfp4",
  source: "Rouhani et al. 2023, arXiv:2310.10537",
  weights: { ...group, dynamic: false },
  activations: { ...group, dynamic: true },
  calibrated: false,
});
