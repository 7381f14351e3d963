/**
 * Which compressed checkpoints vLLM runs as they are, by the `quantization_config` of their config.json.
 *
 * @module
 */
import type { EngineDevice } from "./method.ts";
import { wna16Kernel } from "./weight_quantization.ts";

/** The part of `quantization_config` that decides; null for a model that is not quantized. */
export type CheckpointForm = {
  quant_method?: string;
  bits?: number;
  version?: string;
  config_groups?: Record<string, { weights?: Grid | null; input_activations?: Grid | null }>;
  kv_cache_scheme?: Grid | null;
} | null;

interface Grid {
  num_bits: number;
  type: string;
  strategy: string;
  group_size?: number | null;
  symmetric?: boolean;
  dynamic?: boolean | string;
}

/** Formats of checkpoints that can be read. */
export const FORMS = ["gptq", "awq", "compressed-tensors"];

/** Whether vLLM runs such a checkpoint; else it is expanded and simulated. */
export function formHasKernel(form: CheckpointForm, device: EngineDevice): boolean {
  if (form === null) return true;
  // vLLM's CPU kernels for these two need AVX-512.
  if (form.quant_method !== "compressed-tensors") return device === "cuda";
  if (form.kv_cache_scheme) return device === "cuda";
  return Object.values(form.config_groups ?? {}).every(({ weights, input_activations: input }) =>
    input ? activationsHaveKernel(weights, input, device) : weightsHaveKernel(weights, device)
  );
}

function weightsHaveKernel(weights: Grid | null | undefined, device: EngineDevice): boolean {
  if (!weights) return true;
  if (weights.type === "float") return device === "cuda";
  const bits = weights.num_bits as 4;
  const groupSize = weights.strategy === "channel" ? "channel" : weights.group_size ?? 0;
  return wna16Kernel(
    { bits, groupSize, symmetric: weights.symmetric ?? true, ignore: [] },
    device,
  );
}

function activationsHaveKernel(
  weights: Grid | null | undefined,
  input: Grid,
  device: EngineDevice,
): boolean {
  if (weights?.num_bits !== 8 || input.num_bits !== 8) return false;
  if (device === "cuda") return true;
  return input.strategy === "token" && input.dynamic === true && (input.symmetric ?? true);
}
