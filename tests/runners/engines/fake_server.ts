/** What a request to the fake server said. */
export interface Heard {
  path: string;
  authorization: string | null;
  // deno-lint-ignore no-explicit-any
  body: any;
}

/** An OpenAI-compatible server on the loopback address, for the tests. */
export interface FakeServer extends AsyncDisposable {
  url: string;
  heard: Heard[];
}

/**
 * Starts the server.
 *
 * @param answer Gives text, which is wrapped as a completion, or a whole response. It is told how often the same body
 * came before.
 */
export function fakeServer(
  answer: (heard: Heard, before: number) => string | Response | Promise<string | Response>,
): FakeServer {
  const heard: Heard[] = [];
  const bodies = new Map<string, number>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const text = await request.text();
      const one = {
        path: new URL(request.url).pathname,
        authorization: request.headers.get("authorization"),
        body: JSON.parse(text),
      };
      heard.push(one);
      const before = bodies.get(text) ?? 0;
      bodies.set(text, before + 1);
      const given = await answer(one, before);
      if (typeof given !== "string") return given;
      const choice = one.path.endsWith("/chat/completions")
        ? { message: { role: "assistant", content: given } }
        : { text: given };
      return Response.json({
        choices: [{ ...choice, finish_reason: "stop" }],
        usage: { prompt_tokens: 7 },
      });
    },
  );
  return {
    url: `http://127.0.0.1:${(server.addr as Deno.NetAddr).port}/v1`,
    heard,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
