/**
 * What is known of the checkpoints that an experiment names and this program did not make.
 *
 * @module
 */
import type { JsonObject } from "../data/types.ts";
import { UserError } from "./errors.ts";
import { hashFolder, hashJson } from "./hash.ts";
import { type CheckpointForm, FORMS } from "./methods/checkpoint_form.ts";
import type { MadeElsewhere } from "./methods/method.ts";
import { METHODS } from "./methods/registry.ts";
import { hubFolder } from "./tokenizer.ts";

/** A checkpoint made elsewhere. */
export interface ElsewhereFacts {
  /** Hash of its files, or of its name and commit on a hub. */
  hash: string;
  /** How its config.json says that it is quantized; null when it is not. */
  form: CheckpointForm;
}

/** Files of a checkpoint that decide what it computes. */
const CHECKPOINT_FILE = /\.(safetensors|json|jinja|model|py|txt)$/;

/**
 * Looks at every checkpoint that the methods name.
 *
 * @returns By the id of the method with its settings.
 * @throws {UserError} When one is missing, or is of a form that cannot be read.
 */
export async function elsewhereFacts(
  methods: { name: string }[],
): Promise<Record<string, ElsewhereFacts>> {
  const facts: Record<string, ElsewhereFacts> = {};
  for (const { name, ...rest } of methods) {
    const method = METHODS[name]!;
    if (!method.madeElsewhere) continue;
    const { execution: _, engine: __, models: ___, seeds: ____, ...given } = rest as JsonObject;
    const settings = method.settings.parse(given);
    facts[method.id(settings)] = await readCheckpoint(name, method.madeElsewhere(settings));
  }
  return facts;
}

async function readCheckpoint(
  method: string,
  { path, hub, compressed }: MadeElsewhere,
): Promise<ElsewhereFacts> {
  const folder = path ?? hubFolder(hub!.name, hub!.revision);
  const form = await readForm(folder, hub);
  if (form !== null && !FORMS.includes(form.quant_method ?? "")) {
    throw new UserError(
      `${folder}/config.json: quantization_config.quant_method is "${form.quant_method}"; ` +
        `expected one of ${FORMS.join(", ")}`,
    );
  }
  if (form === null && compressed) {
    throw new UserError(
      `${folder}/config.json has no quantization_config: ${method} takes a compressed checkpoint; ` +
        "give another model of the same vocabulary as distilled",
    );
  }
  const hash = hub
    ? hashJson({ hub: hub.name, revision: hub.revision })
    : await hashFolder(folder, (name) => CHECKPOINT_FILE.test(name));
  return { hash, form };
}

async function readForm(folder: string, hub: MadeElsewhere["hub"]): Promise<CheckpointForm> {
  try {
    const config = JSON.parse(await Deno.readTextFile(`${folder}/config.json`));
    return config.quantization_config ?? null;
  } catch (cause) {
    const remedy = hub
      ? `get it first: hf download ${hub.name} --revision ${hub.revision}`
      : "expected a folder in the Hugging Face layout";
    throw new UserError(
      `Cannot read ${folder}/config.json (${(cause as Error).message}); ${remedy}`,
      { cause },
    );
  }
}
