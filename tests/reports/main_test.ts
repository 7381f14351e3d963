/** `deno task report` from outside: what it prints, writes and exits with. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "../../runners/shell.ts";
import { EXPERIMENT, writeFixture } from "./fixture.ts";

const MAIN = fileURLToPath(new URL("../../reports/main.ts", import.meta.url));

async function report(...args: string[]) {
  const errors: string[] = [];
  const { code, stdout } = await start({
    command: [Deno.execPath(), "run", "-A", MAIN, ...args],
    stdout: "capture",
    stderr: (line) => void errors.push(line),
  }).done;
  return { code, stdout, stderr: errors.join("\n") };
}

Deno.test("deno task report", async (t) => {
  const folder = await Deno.makeTempDir();
  const runs = join(folder, "runs"), out = join(folder, "out");
  try {
    await writeFixture(runs);

    await t.step("--help shows examples and exit codes", async () => {
      const { code, stdout } = await report("--help");
      assert.equal(code, 0);
      for (const part of ["Examples:", "--venue", "Exit code"]) assert.ok(stdout.includes(part));
    });

    await t.step("--json names the page and the files, which are there", async () => {
      const { code, stdout } = await report(EXPERIMENT, "--runs", runs, "--out", out, "--json");
      assert.equal(code, 0);
      const written = JSON.parse(stdout) as { page: string; files: string[] };
      assert.equal(written.page, join(out, EXPERIMENT, "index.html"));
      assert.ok(written.files.length > 20);
      for (const file of [written.page, ...written.files]) assert.ok(existsSync(file), file);
    });

    await t.step(
      "--gallery writes a Markdown page that shows every picture beside it",
      async () => {
        const kept = join(folder, "gallery");
        const { code, stdout } = await report(
          ...[EXPERIMENT, "--runs", runs, "--out", kept, "--gallery", "--json"],
        );
        assert.equal(code, 0);
        const written = JSON.parse(stdout) as { page: string; files: string[] };
        const page = await Deno.readTextFile(written.page);
        const shown = [...page.matchAll(/^!\[.*\]\((.*)\)$/gm)].map(([, name]) => name!);
        assert.ok(shown.length > 5);
        const linked = [...page.matchAll(/^- \[.*\]\((.*)\)$/gm)].map(([, name]) => name!);
        assert.deepEqual(
          [...shown, ...linked],
          written.files.map((file) => relative(join(kept, EXPERIMENT), file)),
        );
        for (const file of written.files) assert.ok(existsSync(file), file);
        assert.match(page, /^## What to choose/m);
        assert.ok(linked.includes("methods_by_benchmark.md"));
      },
    );

    await t.step("an unknown run exits with 2 and names those there are", async () => {
      const { code, stderr } = await report("fixtrue", "--runs", runs, "--out", out);
      assert.equal(code, 2);
      assert.match(stderr, /no run "fixtrue".*There are: fixture\./);
    });

    await t.step("an unknown venue exits with 2 and names those there are", async () => {
      const { code, stderr } = await report(EXPERIMENT, "--runs", runs, "--venue", "cvpr");
      assert.equal(code, 2);
      assert.match(stderr, /icml, neurips, iclr, acl/);
    });

    await t.step("a run without results exits with 1 and says how to build them", async () => {
      await Deno.remove(join(runs, EXPERIMENT, "summary.parquet"));
      const { code, stderr } = await report(EXPERIMENT, "--runs", runs, "--out", out);
      assert.equal(code, 1);
      assert.match(stderr, /summary\.parquet.*deno task results fixture/);
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
