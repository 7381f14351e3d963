import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSuites, conversations } from "../../../data/suites/build_suites.ts";
import { jsonLines } from "../../../data/suites/json_lines.ts";
import { main } from "../../../data/suites/main.ts";

/** Runs the command with its output kept back. */
async function quietly(args: string[]): Promise<{ code: number; errors: string }> {
  const { log, error } = console;
  const errors: unknown[] = [];
  console.log = () => {};
  console.error = (text: unknown) => errors.push(text);
  try {
    return { code: await main(args), errors: errors.join("\n") };
  } finally {
    Object.assign(console, { log, error });
  }
}

Deno.test("suites writes all files to a folder and leaves no partial ones", async () => {
  const out = await mkdtemp(join(tmpdir(), "suites-"));
  try {
    assert.equal((await quietly(["--out", out, "--train", "30"])).code, 0);
    for (const [name, content] of buildSuites()) {
      assert.equal(await readFile(join(out, name), "utf8"), content);
    }
    const train = await readFile(join(out, "generated/train/worfbench.jsonl"), "utf8");
    assert.equal(train, jsonLines(conversations("worfbench", "train", 30)));
    const files = await readdir(out, { recursive: true });
    assert.deepEqual(files.filter((file) => file.endsWith(".partial")), []);
  } finally {
    await rm(out, { recursive: true });
  }
});

Deno.test("suites exits with 2 and says what it expected for a bad argument", async () => {
  const { code, errors } = await quietly(["--train", "many"]);
  assert.equal(code, 2);
  assert.match(errors, /--train takes a number of conversations from 0 to 9999999, but got "many"/);
  assert.equal((await quietly(["--unknown"])).code, 2);
});
