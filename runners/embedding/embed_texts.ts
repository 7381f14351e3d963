/**
 * Vectors of sentences from a sentence-transformers model in a Python process, kept on disk.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeAtomically } from "../../data/atomic_write.ts";
import { type EmbedProcess, embedProcess } from "./embed_process.ts";

/** The model that ships as a package. T-Eval's and WorfBench's own is all-mpnet-base-v2. */
export const DEFAULT_EMBEDDER = "all-MiniLM-L6-v2";

/** Where and how texts are embedded. */
export interface EmbedOptions {
  /** {@linkcode DEFAULT_EMBEDDER} or the folder of a sentence-transformers model. */
  model: string;
  /** Python of the runners' environment. */
  python: string;
  /** Folder of the cache; its entries are keyed by model and text. */
  cache: string;
  /** A process of this model to use and to leave running; left out: one of its own, ended afterwards. */
  process?: EmbedProcess | undefined;
}

/**
 * Vectors of texts, from the cache where it has them; only the others need the process.
 *
 * @throws {Error} With the tail of the process's log when it fails.
 */
export async function embedTexts(
  texts: Iterable<string>,
  options: EmbedOptions,
): Promise<Map<string, Float32Array>> {
  const vectors = new Map<string, Float32Array>();
  const missing: string[] = [];
  for (const text of new Set(texts)) {
    const known = await readVector(cacheFile(text, options));
    if (known === null) missing.push(text);
    else vectors.set(text, known);
  }
  if (missing.length === 0) return vectors;
  const process = options.process ?? embedProcess(options.model, options.python);
  const made = await process.vectors(missing).finally(async () => {
    if (!options.process) await process.close();
  });
  for (const [i, text] of missing.entries()) {
    vectors.set(text, made[i]!);
    await writeAtomically(cacheFile(text, options), new Uint8Array(made[i]!.slice().buffer));
  }
  return vectors;
}

function cacheFile(text: string, { cache, model }: EmbedOptions): string {
  const key = createHash("sha256").update(`${model}\0${text}`).digest("hex");
  return join(cache, key.slice(0, 2), `${key}.f32`);
}

async function readVector(path: string): Promise<Float32Array | null> {
  try {
    return new Float32Array((await Deno.readFile(path)).buffer);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
