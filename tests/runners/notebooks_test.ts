import assert from "node:assert/strict";
import { join } from "node:path";
import { REPOSITORY } from "../../runners/environment/places.ts";
import { start } from "../../runners/shell.ts";

/** A notebook of code cells; a cell that begins with `#` is text. */
function notebook(cells: string[]): string {
  return JSON.stringify({
    cells: cells.map((source, index) =>
      source.startsWith("#") ? { cell_type: "markdown", id: `c${index}`, metadata: {}, source } : {
        cell_type: "code",
        id: `c${index}`,
        metadata: {},
        source,
        outputs: [],
        execution_count: null,
      }
    ),
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

Deno.test("deno task notebooks executes, leaves the source alone, and names the cell that fails", async () => {
  const folder = await Deno.makeTempDir({ prefix: "actgauge notebooks " });
  const out = join(folder, "out");
  const good = notebook([
    "# Sums",
    `import { sum } from "./sum.ts";\nconst total: number = sum([1, 2, 39]);`,
    "console.log(`${total} ${Deno.cwd()}`);",
  ]);
  await Deno.writeTextFile(join(folder, "good.ipynb"), good);
  await Deno.writeTextFile(
    join(folder, "sum.ts"),
    "export const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);\n",
  );
  await Deno.writeTextFile(
    join(folder, "broken.ipynb"),
    notebook([
      "# Broken",
      "const one = 1;",
      "\nconst two = 2;\nthrow new TypeError(`no ${two}`);",
      "3",
    ]),
  );
  const { code, stdout, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", "--no-check", join(REPOSITORY, "runners/notebooks.ts")],
      ...["--from", folder, "--out", out],
    ],
    cwd: REPOSITORY,
    stdout: "capture",
    timeoutMs: 300_000,
  }).done;
  assert.equal(code, 1, stdout + logTail);
  assert.match(stdout, /^broken .*FAILED: cell 3 \(const two = 2;\): TypeError: no 2$/m);
  assert.match(stdout, /^good \(.* s\): ok$/m);
  assert.match(stdout, /^1 executed, 1 failed/m);

  assert.equal(await Deno.readTextFile(join(folder, "good.ipynb")), good);
  const executed = JSON.parse(await Deno.readTextFile(join(out, "good.ipynb")));
  assert.equal([executed.cells[2].outputs[0].text].flat().join("").trim(), `42 ${folder}`);
  const html = await Deno.readTextFile(join(out, "good.html"));
  assert.ok(html.includes("42"));
  assert.deepEqual(html.match(/<(script|link|img)[^>]+(src|href)="https?:[^"]*"/g), null);
  assert.ok((await Deno.stat(join(out, "broken.html"))).isFile);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("deno task notebooks refuses a name that it does not know", async () => {
  const { code, logTail } = await start({
    command: [
      ...[Deno.execPath(), "run", "-A", "--no-check", join(REPOSITORY, "runners/notebooks.ts")],
      ...["no such notebook"],
    ],
    cwd: REPOSITORY,
  }).done;
  assert.equal(code, 2);
  assert.match(logTail, /There is no notebook no such notebook/);
});
