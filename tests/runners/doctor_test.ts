import assert from "node:assert/strict";
import { join } from "node:path";
import { checkLine } from "../../runners/doctor.ts";
import { gpuCheck } from "../../runners/doctor/gpu.ts";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { type Outcome, start } from "../../runners/shell.ts";

function doctor(env: Record<string, string> = {}): Promise<Outcome> {
  return start({
    command: [
      Deno.execPath(),
      "run",
      "-A",
      "--no-check",
      join(REPOSITORY, "runners/doctor.ts"),
      "--json",
    ],
    cwd: REPOSITORY,
    env: { ...Deno.env.toObject(), ...env },
    stdout: "capture",
  }).done;
}

Deno.test("deno task doctor finds nothing wrong on a machine that is set up", async () => {
  const { code, stdout, logTail } = await doctor();
  assert.equal(code, 0, stdout + logTail);
  const { ok, checks } = JSON.parse(stdout);
  assert.equal(ok, true);
  const found = Object.fromEntries(checks.map((check: { name: string; found: string }) => [
    check.name,
    check.found,
  ]));
  assert.match(found.Deno, /^\d+\.\d+\.\d+$/);
  assert.match(found.Engine, /^vLLM \d.* on (cpu|cuda) /);
  assert.match(found.Compression, /^llm-compressor \d/);
});

Deno.test("deno task doctor names the mend for a Python that is not there, with exit code 1", async () => {
  const { code, stdout } = await doctor({ ACTGAUGE_PYTHON: "/no/such/python" });
  assert.equal(code, 1);
  const wrong = JSON.parse(stdout).checks.filter((check: { state: string }) =>
    check.state === "bad"
  );
  assert.equal(wrong.length, 1);
  assert.match(wrong[0].found, /ACTGAUGE_PYTHON.*does not exist/);
  assert.match(wrong[0].mend, /deno task setup/);
});

Deno.test("checkLine() colours only where asked, and lets no control characters through", () => {
  const check = {
    name: "Engine",
    state: "bad",
    found: "no\x1b[31m vLLM",
    mend: "Mend it.",
  } as const;
  assert.equal(checkLine(check, false), "✗ Engine               no vLLM\n    → Mend it.");
  assert.ok(checkLine(check, true).startsWith("\x1b[31m✗\x1b[0m Engine"));
  assert.doesNotMatch(checkLine({ ...check, state: "good", mend: null }, false), /→/);
});

Deno.test("gpuCheck() tells a GPU that this Python does not compute on", () => {
  const gpus = ["NVIDIA H100 80GB HBM3, 81559 MiB, 560.35.03"];
  assert.deepEqual(gpuCheck(gpus, "cuda (NVIDIA H100)"), {
    name: "GPU",
    state: "good",
    found: gpus[0],
    mend: null,
  });
  const unused = gpuCheck(gpus, "cpu (Xeon)");
  assert.equal(unused.state, "weak");
  assert.match(unused.found, /H100.*\nbut this Python's torch computes on the CPU/);
  assert.match(unused.mend!, /deno task setup --python/);
  assert.equal(gpuCheck([], "cpu (Xeon)").state, "weak");
  assert.deepEqual([gpuCheck(null, "cpu (Xeon)").state, gpuCheck(null, null).state], [
    "good",
    "good",
  ]);
});
