/**
 * The tokenizer of a model's folder, without Python: benchmarks that measure lengths in tokens make
 * their samples with it.
 *
 * @module
 */
import { Tokenizer as FastTokenizer } from "@huggingface/tokenizers";
import { homedir } from "node:os";
import { join } from "node:path";
import { UserError } from "./errors.ts";

/** Turns text into tokens and back. */
export interface Tokenizer {
  /** Token ids of a text, without the special tokens that a prompt starts or ends with. */
  encode(text: string): number[];
  decode(tokens: readonly number[]): string;
}

/**
 * Reads a model's `tokenizer.json`.
 *
 * @throws {UserError} When the folder has none, as with models that only carry a sentencepiece file.
 */
export async function readTokenizer(folder: string): Promise<Tokenizer> {
  const tokenizer = await readJson(join(folder, "tokenizer.json"));
  if (tokenizer === null) {
    throw new UserError(
      `${folder}: there is no tokenizer.json; save one with the model's ` +
        `AutoTokenizer.from_pretrained(…).save_pretrained(…)`,
    );
  }
  const config = await readJson(join(folder, "tokenizer_config.json")) ?? {};
  const fast = new FastTokenizer(tokenizer, config);
  const options = { skip_special_tokens: false, clean_up_tokenization_spaces: false };
  return {
    encode: (text) => fast.encode(text, { add_special_tokens: false }).ids,
    // the package refuses to decode nothing
    decode: (tokens) => tokens.length === 0 ? "" : fast.decode([...tokens], options),
  };
}

/** Folder of a hub's model in the local cache, where the engine finds it too. */
export function hubFolder(hub: string, revision: string): string {
  const home = Deno.env.get("HF_HOME") ?? join(homedir(), ".cache", "huggingface");
  const cache = Deno.env.get("HF_HUB_CACHE") ?? join(home, "hub");
  return join(cache, `models--${hub.replace("/", "--")}`, "snapshots", revision);
}

async function readJson(path: string): Promise<Record<string, unknown> | null> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${path}: not JSON (${(cause as Error).message})`, { cause });
  }
}
