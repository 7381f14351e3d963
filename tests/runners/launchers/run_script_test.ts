import assert from "node:assert/strict";
import { join } from "node:path";
import {
  runScript,
  type ScriptWork,
  type TaskListener,
} from "../../../runners/launchers/run_script.ts";

// Stands in for compress.py and evaluate.py: each task says by its id what becomes of it.
const SCRIPT = `
import json, os, signal, sys, time
def emit(**event): print(json.dumps(event), flush=True)
job = json.load(open(sys.argv[1]))
if job["mode"] == "no-start": sys.exit("cannot import the engine")
emit(event="versions", versions={"python": "3"}, device="cpu")
print("chatter of a library", flush=True)
loaded = None
for task in job["tasks"]:
    if task["group"] != loaded:
        loaded = task["group"]
        if loaded == "broken": os.kill(os.getpid(), signal.SIGSEGV)
    kind, id = task["id"].split("-")[0], task["id"]
    emit(event="start", id=id)
    emit(event="progress", id=id, done=1, total=2)
    if kind == "crash":
        print("about to crash", file=sys.stderr, flush=True)
        os._exit(3)
    if kind == "hang": time.sleep(60)
    if kind == "play":
        for turn in range(3):
            emit(event="turns", id=id, completions=[{"sample_id": "s", "text": str(turn)}])
            reply = json.loads(sys.stdin.readline())
            if isinstance(reply, dict):
                emit(event="failed", id=id, seconds=0.1, message=reply["error"], kind="error")
                break
            assert reply == [{"sample_id": "s", "messages": []}], reply
            if task["group"] == "dies" and turn == 1: os._exit(3)
        else: emit(event="done", id=id, seconds=0.1)
    elif kind == "bad": emit(event="failed", id=id, seconds=0.1, message="ValueError: no", kind="error")
    else: emit(event="done", id=id, seconds=0.1)
`;

interface Told {
  done: string[];
  failed: Record<string, { kind: string; message: string; logTail: string }>;
  started: string[];
  lives: number;
}

async function told(
  tasks: { id: string; group: string }[],
  options: Partial<ScriptWork> & { mode?: string } = {},
  onTurns?: TaskListener["onTurns"],
): Promise<Told> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-script-" });
  const script = join(folder, "fake.py");
  await Deno.writeTextFile(script, SCRIPT);
  const result: Told = { done: [], failed: {}, started: [], lives: 0 };
  try {
    await runScript({
      python: "python3",
      script,
      folder,
      threads: 1,
      tasks,
      limitSeconds: 30,
      signal: new AbortController().signal,
      job(left) {
        result.lives++;
        return { mode: options.mode ?? "", tasks: tasks.filter(({ id }) => left.has(id)) };
      },
      ...options,
    }, {
      onVersions() {},
      onStart: (id) => void result.started.push(id),
      onProgress() {},
      onDone: async ({ id }) => void result.done.push(await Promise.resolve(id)),
      ...(onTurns ? { onTurns } : {}),
      onFailed: async (id, _, failure) => void (result.failed[id] = await Promise.resolve(failure)),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return result;
}

const inGroup = (group: string, ...ids: string[]) => ids.map((id) => ({ id, group }));

Deno.test("runScript() goes on after a failed and after a crashed task, and names both", async () => {
  const { done, failed, lives } = await told(
    inGroup("a", "ok-1", "bad-1", "ok-2", "crash-1", "ok-3"),
  );
  assert.deepEqual(done, ["ok-1", "ok-2", "ok-3"]);
  assert.equal(failed["bad-1"]!.message, "ValueError: no");
  assert.equal(failed["crash-1"]!.kind, "crash");
  assert.match(failed["crash-1"]!.message, /exit code 3/);
  assert.match(failed["crash-1"]!.logTail, /about to crash/);
  assert.equal(lives, 2);
});

Deno.test("runScript() blames the whole checkpoint that cannot be loaded, and no other", async () => {
  const { done, failed } = await told([
    ...inGroup("fine", "ok-1"),
    ...inGroup("broken", "ok-2", "ok-3"),
    ...inGroup("fine", "ok-4"),
  ]);
  assert.deepEqual(done, ["ok-1", "ok-4"]);
  assert.deepEqual(Object.keys(failed), ["ok-2", "ok-3"]);
  assert.match(failed["ok-2"]!.message, /signal SIGSEGV/);
});

Deno.test("runScript() ends a task that takes too long and does the others", async () => {
  const { done, failed } = await told(inGroup("a", "ok-1", "hang-1", "ok-2"), { limitSeconds: 8 });
  assert.deepEqual(done, ["ok-1", "ok-2"]);
  assert.equal(failed["hang-1"]!.kind, "timeout");
  assert.match(failed["hang-1"]!.message, /No result within 8 s/);
});

Deno.test("runScript() gives up at once when the script cannot start", async () => {
  const { done, failed, lives } = await told(inGroup("a", "ok-1", "ok-2"), { mode: "no-start" });
  assert.deepEqual(done, []);
  assert.deepEqual(Object.keys(failed), ["ok-1", "ok-2"]);
  assert.match(failed["ok-2"]!.logTail, /cannot import the engine/);
  assert.equal(lives, 1);
});

Deno.test("runScript() leaves tasks in flight untold when it is interrupted", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1500);
  const result = told(inGroup("a", "ok-1", "hang-1"), { signal: controller.signal });
  await assert.rejects(result, { name: "AbortError" });
});

const goOn = () => Promise.resolve([{ sample_id: "s", messages: [] }]);

Deno.test("runScript() has turns answered, and fails a task whose turns cannot be", async () => {
  const turns: string[] = [];
  const { done, failed } = await told(inGroup("a", "play-1", "play-2", "play-3"), {}, (event) => {
    turns.push(event.id + event.completions[0]!.text);
    if (event.id === "play-2") throw new Error("the world broke");
    return goOn();
  });
  assert.deepEqual(
    turns,
    [..."012"].map((turn) => `play-1${turn}`).concat(
      "play-20",
      [..."012"].map((turn) => `play-3${turn}`),
    ),
  );
  assert.deepEqual(done, ["play-1", "play-3"]);
  assert.equal(failed["play-2"]!.message, "the world broke");
  const nobody = await told(inGroup("a", "play-1", "ok-1"));
  assert.match(nobody.failed["play-1"]!.message, /nobody plays/);
  assert.deepEqual(nobody.done, ["ok-1"]);
});

Deno.test("runScript() starts again after a crash between turns", async () => {
  const { done, failed, lives } = await told(
    [...inGroup("dies", "play-1"), ...inGroup("a", "play-2")],
    {},
    goOn,
  );
  assert.deepEqual(done, ["play-2"]);
  assert.equal(failed["play-1"]!.kind, "crash");
  assert.equal(lives, 2);
});

Deno.test("runScript() ends a task whose turns together take too long", async () => {
  let answering: Promise<unknown> = Promise.resolve();
  const slow = async () => {
    await (answering = new Promise((resolve) => setTimeout(resolve, 4000)));
    return await goOn();
  };
  const { failed } = await told(inGroup("a", "play-1"), { limitSeconds: 6 }, slow);
  assert.equal(failed["play-1"]!.kind, "timeout");
  await answering;
});
