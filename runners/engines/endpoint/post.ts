/**
 * Requests to an endpoint, tried again while the server is busy, failing or silent.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "./endpoint.ts";

/** Longest pause before a request is tried again. */
const LONGEST_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
/** Longest part of a server's own words in a message. */
const LONGEST_WORDS = 300;

/** The endpoint gives no answer, or none that can be used; the message is for the user. */
export class EndpointError extends Error {
  override name = "EndpointError";
}

/** The server says that prompt and answer do not fit into the model. */
export class TooLongError extends EndpointError {
  override name = "TooLongError";
}

/** A reason to try again. */
interface Trouble {
  words: string;
  /** What the server asks for; null when it does not. */
  pauseMs: number | null;
}

/**
 * Posts JSON and gives the JSON that comes back.
 *
 * 429, 408, 5xx, broken connections and time-outs are tried again after pauses that double, or that the server
 * names; whatever else is not 2xx is an error at once.
 *
 * @param path Behind the endpoint's address, such as `/chat/completions`.
 * @throws {TooLongError} When the prompt does not fit.
 * @throws {EndpointError} In plain words.
 * @throws {DOMException} `AbortError`, when the signal aborts.
 */
export async function postJson(
  endpoint: Endpoint,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  for (let attempt = 0;; attempt++) {
    const result = await post(endpoint, path, body, signal);
    if ("json" in result) return result.json;
    const { pauseMs, words } = result.trouble;
    if (attempt >= endpoint.retries) {
      throw new EndpointError(`${words}; tried ${attempt + 1} times`);
    }
    // Half of the pause is random, so that requests do not come back all at once.
    const doubled = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
    await sleep(Math.min(pauseMs ?? doubled, LONGEST_PAUSE_MS), undefined, { signal });
  }
}

async function post(
  endpoint: Endpoint,
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<{ json: unknown } | { trouble: Trouble }> {
  const { key, timeoutSeconds, url } = endpoint;
  const limit = AbortSignal.timeout(timeoutSeconds * 1000);
  let status: number;
  let text: string;
  let after: string | null;
  try {
    const response = await fetch(url + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
      // A key must not travel on to another address.
      redirect: "error",
      signal: AbortSignal.any([signal, limit]),
    });
    status = response.status;
    after = response.headers.get("retry-after");
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    const words = limit.aborted
      ? `${url} gave no answer within ${timeoutSeconds} s`
      : `${url} cannot be reached (${
        (error as Error).message
      }): is the server running, and engine.url right?`;
    return { trouble: { words: withoutKey(words, key), pauseMs: null } };
  }
  const said = withoutKey(serverWords(text), key);
  if (status === 429 || status === 408 || status >= 500) {
    const why = status === 429 ? "is busy" : status === 408 ? "timed out" : "fails";
    return { trouble: { words: `${url} ${why} (${status}: ${said})`, pauseMs: pauseOf(after) } };
  }
  if (status < 200 || status > 299) throw refusal(endpoint, status, said);
  try {
    return { json: JSON.parse(text) };
  } catch {
    throw new EndpointError(
      `${url}${path} answers, but not with JSON: ${
        JSON.stringify(said)
      }; is engine.url an OpenAI-compatible address?`,
    );
  }
}

function refusal(endpoint: Endpoint, status: number, said: string): EndpointError {
  const { keyVariable, model, url } = endpoint;
  if (
    [400, 413, 422].includes(status) && /context|too long|max(imum)?[_ ](model[_ ])?len/i.test(said)
  ) {
    return new TooLongError(`it does not fit into the model of ${url} (${said})`);
  }
  if (status === 401 || status === 403) {
    return new EndpointError(
      `${url} refuses access (${status}: ${said}); ` +
        (keyVariable === null
          ? "name the environment variable that holds the key as engine.apiKeyVariable"
          : `check the key in ${keyVariable}`),
    );
  }
  if (status === 404) {
    return new EndpointError(
      `${url} has no model "${model}", or the address is wrong (404: ${said}); ${url}/models lists what it has`,
    );
  }
  return new EndpointError(`${url} refuses the request (${status}: ${said})`);
}

/** What an error body says, in one line. */
function serverWords(text: string): string {
  let words = text;
  try {
    const body = JSON.parse(text);
    const said = body?.error?.message ?? body?.message ?? body?.error ?? body?.detail;
    if (typeof said === "string") words = said;
  } catch {
    // It is not JSON: its text is taken.
  }
  const line = words.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line || "no words";
}

function withoutKey(words: string, key: string | null): string {
  return key === null ? words : words.replaceAll(key, "(the key)");
}

function pauseOf(after: string | null): number | null {
  if (after === null) return null;
  const seconds = Number(after);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(after);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}
