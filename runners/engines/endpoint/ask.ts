import { createHash } from "node:crypto";
import type { Message } from "../../benchmarks/benchmark.ts";
import type { GenerateRow } from "../../cells/generate_rows.ts";
import type { Endpoint } from "./endpoint.ts";
import { EndpointError, postJson, TooLongError } from "./post.ts";

/** What the server wrote, or why it wrote nothing. */
export type Answer =
  | { text: string; finishReason: string; promptTokens: number | null; seconds: number }
  | { missing: string };

/** What is asked, besides the prompt. */
export interface Sampling {
  maxTokens: number;
  temperature: number;
  /** The experiment's seed; the request's own is made of it and its name, as in `generate.py`. */
  seed: number;
}

/**
 * Asks for one completion.
 *
 * @param name Name of the sample, or of the turn of an episode.
 * @returns The answer; `missing` where the prompt does not fit into the model.
 * @throws {EndpointError} In plain words.
 */
export async function ask(
  endpoint: Endpoint,
  name: string,
  prompt: { messages: readonly Message[] } | { prompt: string },
  { maxTokens, seed, temperature }: Sampling,
  signal: AbortSignal,
): Promise<Answer> {
  const chat = "messages" in prompt || endpoint.api === "chat";
  const content = "messages" in prompt || !chat
    ? prompt
    : { messages: [{ role: "user", content: prompt.prompt }] };
  const path = chat ? "/chat/completions" : "/completions";
  const began = performance.now();
  try {
    const found = await postJson(endpoint, path, {
      model: endpoint.model,
      ...content,
      max_tokens: maxTokens,
      temperature,
      seed: requestSeed(seed, name),
    }, signal);
    return { ...read(endpoint, path, found), seconds: (performance.now() - began) / 1000 };
  } catch (error) {
    if (error instanceof TooLongError) return { missing: error.message };
    throw error;
  }
}

/** The prompt of a sample. */
export function promptOf(row: GenerateRow): { messages: readonly Message[] } | { prompt: string } {
  return "messages" in row ? { messages: row.messages } : { prompt: row.prompt };
}

/** The first four bytes of SHA-256 over `seed/name`, as `sample_seed` in generate.py; 31 bits, which all servers take. */
export function requestSeed(seed: number, name: string): number {
  return createHash("sha256").update(`${seed}/${name}`).digest().readUInt32BE(0) >>> 1;
}

interface Reply {
  choices?: { text?: unknown; message?: { content?: unknown }; finish_reason?: unknown }[];
  usage?: { prompt_tokens?: unknown };
}

function read({ url }: Endpoint, path: string, found: unknown) {
  const { choices, usage } = (found ?? {}) as Reply;
  const choice = Array.isArray(choices) ? choices[0] : undefined;
  // A chat that wrote nothing, or only thought, has null.
  const text = choice?.message ? choice.message.content ?? "" : choice?.text;
  if (typeof text !== "string") {
    throw new EndpointError(
      `${url}${path} answers, but not with a completion: ${JSON.stringify(found)?.slice(0, 200)}`,
    );
  }
  return {
    text,
    finishReason: typeof choice?.finish_reason === "string" ? choice.finish_reason : "stop",
    promptTokens: typeof usage?.prompt_tokens === "number" ? usage.prompt_tokens : null,
  };
}
