import assert from "node:assert/strict";
import { join } from "node:path";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { type Outcome, start } from "../../runners/shell.ts";

function setup(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return start({
    command: [
      Deno.execPath(),
      "run",
      "-A",
      "--no-check",
      join(REPOSITORY, "runners/setup.ts"),
      ...args,
    ],
    cwd: REPOSITORY,
    env: { ...Deno.env.toObject(), NO_COLOR: "1", ...env },
    stdout: "capture",
  }).done;
}

Deno.test("deno task setup --help shows examples", async () => {
  const { code, stdout } = await setup(["--help"]);
  assert.equal(code, 0);
  assert.match(stdout, /--torch-index <url>/);
  assert.match(stdout, /deno task setup --python \/opt\/vllm\/bin\/python/);
});

Deno.test("deno task setup on a ready machine is silent, and with --json tells what is there", async () => {
  // The tests run on such a machine: `deno task test` sees to that.
  const silent = await setup([]);
  assert.equal(silent.code, 0, silent.logTail);
  assert.equal(silent.stdout + silent.logTail, "");
  const { code, stdout } = await setup(["--json"]);
  assert.equal(code, 0);
  const found = JSON.parse(stdout);
  assert.match(found.engine, /^vLLM \d/);
  assert.match(found.versions.torch, /^2\./);
  assert.ok((await Deno.stat(found.python)).isFile);
  const kernel = join(found.jupyter, "kernels", "deno", "kernel.json");
  assert.ok(JSON.parse(await Deno.readTextFile(kernel)).argv.includes(Deno.execPath()));
});

Deno.test("deno task setup tells the user's mistakes in one message, with exit code 2", async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [["--bogus"], {}, /unknown option '--bogus'/],
    [["--python", "/no/such/python"], {}, /there is no such file/],
    [[], { ACTGAUGE_PYTHON: "/no/such/python" }, /ACTGAUGE_PYTHON names/],
  ];
  for (const [args, env, message] of cases) {
    const { code, logTail } = await setup(args, env);
    assert.equal(code, 2, logTail);
    assert.match(logTail, message);
    assert.doesNotMatch(logTail, /\n\s+at /, "no stack trace");
  }
});
