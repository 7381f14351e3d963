import assert from "node:assert/strict";
import { ask, requestSeed } from "../../../runners/engines/endpoint/ask.ts";
import type { Endpoint } from "../../../runners/engines/endpoint/endpoint.ts";
import { EndpointError } from "../../../runners/engines/endpoint/post.ts";
import { fakeServer } from "./fake_server.ts";

const KEY = "sk-do-not-show";
const endpoint = (url: string, more: Partial<Endpoint> = {}): Endpoint => ({
  url,
  model: "small",
  api: "auto",
  key: KEY,
  keyVariable: "MY_KEY",
  concurrency: 1,
  retries: 3,
  timeoutSeconds: 20,
  ...more,
});
const sampling = { maxTokens: 5, temperature: 0.5, seed: 3 };
const hello = { messages: [{ role: "user", content: "Hello" } as const] };
const { signal } = new AbortController();

function error(message: string, status: number, headers: HeadersInit = {}): Response {
  return Response.json({ error: { message } }, { status, headers });
}

async function failure(url: string, more: Partial<Endpoint> = {}): Promise<string> {
  try {
    await ask(endpoint(url, more), "a", hello, sampling, signal);
  } catch (found) {
    assert.ok(found instanceof EndpointError, String(found));
    assert.doesNotMatch(found.message, new RegExp(KEY));
    return found.message;
  }
  throw new Error("it was answered");
}

Deno.test("ask() sends chats and raw prompts where they belong, with a seed for each sample", async () => {
  await using server = fakeServer(({ path }) => `from ${path}`);
  const chat = await ask(endpoint(server.url), "a", hello, sampling, signal);
  const raw = await ask(endpoint(server.url), "b", { prompt: "Once" }, sampling, signal);
  const forced = endpoint(server.url, { api: "chat", key: null });
  await ask(forced, "b", { prompt: "Once" }, sampling, signal);
  assert.partialDeepStrictEqual(chat, { text: "from /v1/chat/completions", promptTokens: 7 });
  assert.partialDeepStrictEqual(raw, { text: "from /v1/completions", finishReason: "stop" });
  assert.deepEqual(server.heard.map(({ body }) => body), [
    { model: "small", ...hello, max_tokens: 5, temperature: 0.5, seed: requestSeed(3, "a") },
    { model: "small", prompt: "Once", max_tokens: 5, temperature: 0.5, seed: requestSeed(3, "b") },
    {
      model: "small",
      messages: [{ role: "user", content: "Once" }],
      max_tokens: 5,
      temperature: 0.5,
      seed: requestSeed(3, "b"),
    },
  ]);
  assert.notEqual(requestSeed(3, "a"), requestSeed(3, "b"));
  assert.deepEqual(server.heard.map(({ authorization }) => authorization), [
    `Bearer ${KEY}`,
    `Bearer ${KEY}`,
    null,
  ]);
});

Deno.test("ask() tries again while the server is busy, failing or silent, and not otherwise", async () => {
  const troubles = [
    () => error("slow down", 429, { "retry-after": "0" }),
    () => error("oh", 503, { "retry-after": "0" }),
    () => new Promise<Response>((resolve) => setTimeout(() => resolve(error("late", 400)), 1500)),
  ];
  await using server = fakeServer((_, before) => troubles[before]?.() ?? "at last");
  const answer = await ask(
    endpoint(server.url, { timeoutSeconds: 1 }),
    "a",
    hello,
    sampling,
    signal,
  );
  assert.partialDeepStrictEqual(answer, { text: "at last" });
  assert.equal(server.heard.length, 4);

  await using busy = fakeServer(() => error(`no more for ${KEY}`, 429, { "retry-after": "0" }));
  const said = await failure(busy.url);
  assert.match(said, /is busy \(429: no more for \(the key\)\); tried 4 times$/);
  assert.equal(busy.heard.length, 4);
});

Deno.test("ask() says in plain words what is wrong, and what to do", async () => {
  const cases: [() => Response | string, RegExp][] = [
    [() => error("bad key", 401), /refuses access \(401: bad key\); check the key in MY_KEY/],
    [() => error("which?", 404), /has no model "small", or the address is wrong .*\/v1\/models/],
    [() => error("temperature", 400), /refuses the request \(400: temperature\)/],
    [() => new Response("<html>hello</html>"), /not with JSON: "<html>hello<\/html>"/],
    [() => Response.json({ choices: [] }), /not with a completion: \{"choices":\[\]\}/],
  ];
  for (const [response, message] of cases) {
    await using server = fakeServer(response);
    assert.match(await failure(server.url), message);
    assert.equal(server.heard.length, 1);
  }
  assert.match(
    await failure("http://127.0.0.1:1/v1", { retries: 0 }),
    /cannot be reached .* is the server running, and engine\.url right\?; tried 1 times/,
  );
});

Deno.test("ask() takes a prompt that does not fit as a missing answer, and null as an empty one", async () => {
  await using server = fakeServer(() =>
    error("This model's maximum context length is 10 tokens", 400)
  );
  const long = await ask(endpoint(server.url), "a", hello, sampling, signal);
  assert.match((long as { missing: string }).missing, /does not fit into the model .* 10 tokens/);
  await using silent = fakeServer(() =>
    Response.json({ choices: [{ message: { content: null }, finish_reason: "stop" }] })
  );
  const empty = await ask(endpoint(silent.url), "a", hello, sampling, signal);
  assert.partialDeepStrictEqual(empty, { text: "", promptTokens: null });
});
