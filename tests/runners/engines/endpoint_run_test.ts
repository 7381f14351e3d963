/** An experiment against a served model, through the commands that a user has: killed, gone on with, and reported. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { cellFolder, readRecord, readRows } from "../../../data/logs.ts";
import { completions, scores, steps } from "../../../data/schema.ts";
import { runActgauge, startActgauge } from "../../end_to_end/run_actgauge.ts";
import { fakeServer } from "./fake_server.ts";

const KEY = "sk-do-not-show";
const SAMPLES = 12;
const EPISODES = 2;

const experiment = (url: string) => `
name: served
models: [{ name: large, served: org/large }]
methods: [{ name: served, as: w4, model: org/large-w4 }]
benchmarks:
  - { name: worfbench, samples: ${SAMPLES} }
  - { name: household, samples: ${EPISODES} }
captures: [{ benchmark: worfbench, samples: 2 }]
scoring: { embedder: exact }
engine: { name: endpoint, url: ${url}, apiKeyVariable: ACTGAUGE_TEST_KEY, concurrency: 3, retries: 1 }
`;

/** The household takes turns in the form of its system message; worfbench wants a workflow. */
const reply = "[REASON] I look around.\n[ACT] look\nNode:\n1: look\nEdges: (START,1) (1,END)";

Deno.test("an experiment on an endpoint is killed, goes on where it was, and says what it cannot have", async () => {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-endpoint-" });
  const file = join(folder, "served.yaml");
  const runs = join(folder, "runs");
  Deno.env.set("ACTGAUGE_TEST_KEY", KEY);
  let answered = 0;
  let whenFive = () => {};
  const five = new Promise<void>((resolve) => whenFive = resolve);
  let slow = true;
  await using server = fakeServer(async ({ body }) => {
    if (body.model === "org/large-w4" && slow) {
      return Response.json({ error: "gone" }, { status: 404 });
    }
    if (++answered === 5) whenFive();
    // The killed run hangs here with what is in flight.
    if (slow && answered > 5) await new Promise((resolve) => setTimeout(resolve, 20_000));
    return reply;
  });
  await Deno.writeTextFile(file, experiment(server.url));

  const killed = await startActgauge("runners/run.ts", [file, "--runs", runs]);
  await five;
  await new Promise((resolve) => setTimeout(resolve, 500));
  Deno.kill(killed.pid, "SIGKILL");
  await killed.done;
  slow = false;
  const before = server.heard.length;
  assert.ok(before >= 5 && before <= 8, `${before} requests before`);

  const run = await runActgauge("runners/run.ts", [file, "--runs", runs]);
  assert.equal(run.code, 0, run.stderr);
  assert.match(run.stdout, /2 captures: not possible on this engine: .*log-sum-exp is 0/);
  const asked = server.heard.filter(({ body }) => body.model === "org/large");
  const firsts = new Set(asked.map(({ body }) => JSON.stringify(body)));
  // Only what was in flight is asked again.
  assert.ok(asked.length - firsts.size <= 3, `${asked.length} requests, ${firsts.size} different`);

  const { cells } = JSON.parse(await Deno.readTextFile(join(runs, "served", "plan.json")));
  assert.deepEqual(
    cells.map(({ kind, variant, benchmark }: Record<string, string>) =>
      `${kind} ${variant} ${benchmark}`
    ),
    [
      ...["large/none", "large/served-w4"].flatMap((variant) => [
        `evaluate ${variant} worfbench`,
        `evaluate ${variant} household`,
      ]),
      "capture large/none worfbench",
      "capture large/served-w4 worfbench",
    ],
  );
  const of = (index: number) => cellFolder(runs, cells[index].id);
  const rows = await readRows(join(of(0), "completions.parquet"), completions);
  assert.equal(rows.length, SAMPLES);
  assert.ok(
    rows.every(({ completion, prompt_token_ids }) =>
      completion === reply && prompt_token_ids === null
    ),
  );
  assert.ok((await readRows(join(of(0), "scores.parquet"), scores)).length >= SAMPLES);
  const turns = await readRows(join(of(1), "steps.parquet"), steps);
  assert.equal(new Set(turns.map(({ sample_id }) => sample_id)).size, EPISODES);
  assert.equal(turns.find(({ span }) => span === "act")!.text, "look");
  const impossible = await readRecord(of(4));
  assert.equal(impossible!.error!.kind, "not-possible");
  for await (const { name } of Deno.readDir(of(0))) {
    assert.match(name, /^(record\.json|.*\.parquet)$/);
  }

  const again = await runActgauge("runners/run.ts", [file, "--runs", runs]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /6 done already, 0 to do/);
  assert.equal(
    (await runActgauge("analysis/main.ts", ["served", "--runs", runs])).code,
    0,
  );
  // The key is nowhere in what was written.
  for await (const path of filesIn(runs)) {
    const text = new TextDecoder("latin1").decode(await Deno.readFile(path));
    assert.ok(!text.includes(KEY), path);
  }

  Deno.env.delete("ACTGAUGE_TEST_KEY");
  const forgotten = file.replace("served.yaml", "forgotten.yaml");
  await Deno.writeTextFile(
    forgotten,
    experiment(server.url).replace("name: served\n", "name: forgotten\n").replace("/v1", "/v2"),
  );
  const keyless = await runActgauge("runners/run.ts", [forgotten, "--runs", runs]);
  assert.equal(keyless.code, 2);
  assert.match(keyless.stderr, /ACTGAUGE_TEST_KEY, but this variable is not set/);
  await Deno.remove(folder, { recursive: true });
});

async function* filesIn(folder: string): AsyncGenerator<string> {
  for await (const { isDirectory, name } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* filesIn(path);
    else yield path;
  }
}
