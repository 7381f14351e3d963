/**
 * Vectors of sentences from a sentence-transformers model in a Python process, kept on disk.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeAtomically } from "../../data/atomic_write.ts";
import { scriptEnvironment, start } from "../shell.ts";

/** The model that ships as a package. T-Eval's and WorfBench's own is all-mpnet-base-v2. */
export const DEFAULT_EMBEDDER = "all-MiniLM-L6-v2";

const SCRIPT = new URL("./embed.py", import.meta.url).pathname;

/** Where and how texts are embedded. */
export interface EmbedOptions {
  /** {@linkcode DEFAULT_EMBEDDER} or the folder of a sentence-transformers model. */
  model: string;
  /** Python of the runners' environment. */
  python: string;
  /** Folder of the cache; its entries are keyed by model and text. */
  cache: string;
}

/**
 * Vectors of texts, from the cache where it has them; only the others start the process.
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
  const made = await compute(missing, options);
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

async function compute(texts: string[], { model, python }: EmbedOptions): Promise<Float32Array[]> {
  const out = await Deno.makeTempFile();
  try {
    const { code, logTail, ok, stdout } = await start({
      command: [python, "-u", SCRIPT],
      env: scriptEnvironment(1),
      stdin: JSON.stringify({ model, texts, out }),
      stdout: "capture",
      logFile: `${out}.log`,
    }).done;
    if (!ok) throw new Error(`embed.py failed (exit code ${code}):\n${logTail}`);
    const { dimensions } = JSON.parse(stdout) as { dimensions: number };
    const all = new Float32Array((await Deno.readFile(out)).buffer);
    return texts.map((_, i) => all.slice(i * dimensions, (i + 1) * dimensions));
  } finally {
    await Deno.remove(out).catch(() => {});
    await Deno.remove(`${out}.log`).catch(() => {});
  }
}
