/**
 * Integer weights, float activations (`W4A16` and its like): what RTN, GPTQ and AWQ share.
 *
 * @module
 */
import { z } from "zod";
import type { Json, JsonObject } from "../../data/types.ts";
import type { EngineDevice } from "./method.ts";
import { ignore, oneOf, unusual } from "./settings.ts";

/** Settings of integer weights. A type, not an interface, so that it counts as JSON. */
export type WeightQuantization = {
  /** 16 is for RTN alone: weights stay as they are. */
  bits: 2 | 3 | 4 | 8 | 16;
  /** Weights of one row that share a scale, or `channel` for the whole row. */
  groupSize: number | "channel";
  /** False adds a zero point to each scale. */
  symmetric: boolean;
  ignore: string[];
};

/** The settings' schema, to be spread into a method's own. */
export const weightQuantization = {
  bits: oneOf("bits", [2, 3, 4, 8]).default(4),
  groupSize: z.union([z.number(), z.string()]).refine(isGroupSize, {
    error: (issue) =>
      "groupSize must be an even number of weights (128 is usual) or channel, found " +
      JSON.stringify(issue.input),
  }).default(128),
  symmetric: z.boolean({ error: "symmetric must be true or false" }).default(true),
  ignore,
};

function isGroupSize(value: unknown): value is WeightQuantization["groupSize"] {
  return value === "channel" ||
    (Number.isInteger(value) && Number(value) > 0 && Number(value) % 2 === 0);
}

/** The scheme's name, e.g. `W4A16`. */
export function scheme(settings: WeightQuantization): string {
  return `W${settings.bits}A16`;
}

/** A figure's name for the method, e.g. `GPTQ W4A16`, with what sets it apart from the usual. */
export function quantizedTitle(
  name: string,
  settings: WeightQuantization,
  symmetricByDefault = true,
): string {
  const { groupSize } = settings;
  const groups = groupSize === "channel"
    ? " per channel"
    : groupSize === 128
    ? ""
    : ` g${groupSize}`;
  return `${name} ${scheme(settings)}${groups}${sign(settings, symmetricByDefault, " ")}`;
}

/** The readable id, e.g. `gptq-w4a16-g128`. `symmetricByDefault` says which of the two goes unsaid. */
export function quantizedId(
  name: string,
  settings: WeightQuantization,
  symmetricByDefault = true,
): string {
  const groups = settings.groupSize === "channel" ? "channel" : `g${settings.groupSize}`;
  const rest = unusual({ ignore: settings.ignore }, { ignore: ["lm_head"] });
  return `${name}-${scheme(settings).toLowerCase()}-${groups}${
    sign(settings, symmetricByDefault, "-")
  }${rest}`;
}

function sign(
  settings: WeightQuantization,
  symmetricByDefault: boolean,
  separator: string,
): string {
  if (settings.symmetric === symmetricByDefault) return "";
  return separator + (settings.symmetric ? "sym" : "asym");
}

/** The same settings in the words of llm-compressor's quantizing modifiers. */
export function quantizationArguments(settings: WeightQuantization): JsonObject {
  const weights: { [key: string]: Json } = {
    num_bits: settings.bits,
    type: "int",
    symmetric: settings.symmetric,
    dynamic: false,
    ...(settings.groupSize === "channel"
      ? { strategy: "channel" }
      : { strategy: "group", group_size: settings.groupSize }),
  };
  return {
    config_groups: {
      group_0: { targets: ["Linear"], ...(settings.bits === 16 ? {} : { weights }) },
    },
    ignore: settings.ignore,
  };
}

/**
 * Whether vLLM runs such weights as they are.
 *
 * On CPUs its one kernel takes 4 bits; on CUDA GPUs Marlin takes 4 bits, 8 when symmetric, in groups of
 * 32, 64, 128 or whole rows. (vLLM 0.32, `kernels/linear/mixed_precision`; the CPU side was tried.)
 */
export function wna16Kernel(settings: WeightQuantization, device: EngineDevice): boolean {
  const { bits, groupSize, symmetric } = settings;
  if (bits === 16) return true;
  if (device === "cpu") return bits === 4;
  const groups: (number | string)[] = ["channel", 32, 64, 128];
  return groups.includes(groupSize) && (bits === 4 || (bits === 8 && symmetric));
}
