/**
 * What a compression method is to the rest of the program.
 *
 * @module
 */
import type { z } from "zod";
import type { JsonObject } from "../../data/types.ts";
import type { CompressTask, RecipeStep } from "../jobs.ts";

/** Where the engine runs. */
export type EngineDevice = "cpu" | "cuda";

/** A way to compress a model, with the settings `S` that an experiment file may give. */
export interface Method<S extends JsonObject = JsonObject> {
  /** Registry key and file name. */
  name: string;
  /** The paper that describes it. */
  source: string;
  /** Checks the settings of an experiment file and fills in the defaults. */
  settings: z.ZodType<S>;
  /** True when the recipe measures activations on calibration texts. */
  needsCalibration(settings: S): boolean;
  /** What figures and tables call it, e.g. `GPTQ W4A16`. */
  title(settings: S): string;
  /** Second half of a variant's id, e.g. `gptq-w4a16-g128`: different settings give different ids. */
  id(settings: S): string;
  /** The steps that `runners/python/compress.py` takes. */
  recipe(settings: S): RecipeStep[];
  /** The sparsity that must come out; null where none is meant. */
  expect(settings: S): CompressTask["expect"];
  /** True when there is something that can be simulated: numbers on a grid, not only zeros. */
  quantizes: boolean;
  /** Bits that a weight is stored in, without its scales; 16 where it stays a float. */
  weightBits(settings: S): number;
  /** Where the checkpoint is that stands in the place of a compression; for methods that only name one. */
  madeElsewhere?(settings: S): MadeElsewhere;
  /** False when vLLM cannot run the compressed weights there: then they are expanded and simulated. */
  engineHasKernel(settings: S, device: EngineDevice): boolean;
}

/** A checkpoint that this program did not make. */
export interface MadeElsewhere {
  /** Folder; null for a model of a hub. */
  path: string | null;
  /** Name and commit on a hub; null for a folder. */
  hub: { name: string; revision: string } | null;
  /** True when it must be a compression of the base model, false when it may be another model. */
  compressed: boolean;
}
