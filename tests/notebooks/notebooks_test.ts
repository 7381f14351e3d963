/** Notebooks call and discuss: no functions, no outputs, and imports that exist. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../notebooks/", import.meta.url);

interface NotebookCell {
  cell_type: string;
  source: string | string[];
  outputs?: unknown[];
  execution_count?: number | null;
}

const notebooks = readdirSync(FOLDER).filter((name) => name.endsWith(".ipynb")).map((name) => {
  const { cells, metadata } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  return { name, cells: cells as NotebookCell[], metadata };
});

const sourceOf = ({ source }: NotebookCell) => Array.isArray(source) ? source.join("") : source;

Deno.test("there is a notebook, and every one is for the Deno kernel", () => {
  assert.ok(notebooks.length > 0);
  for (const { name, metadata } of notebooks) {
    assert.equal(metadata.kernelspec.name, "deno", name);
  }
});

for (const { name, cells } of notebooks) {
  const code = cells.filter(({ cell_type }) => cell_type === "code");

  Deno.test(`notebook ${name} holds no outputs`, () => {
    for (const cell of code) {
      assert.deepEqual(cell.outputs, [], sourceOf(cell));
      assert.equal(cell.execution_count, null, sourceOf(cell));
    }
  });

  Deno.test(`notebook ${name} defines no functions and no classes`, () => {
    for (const cell of code) {
      assert.ok(!/\bfunction\b|=>|\bclass\b/.test(sourceOf(cell)), sourceOf(cell));
    }
  });

  Deno.test(`notebook ${name} imports modules of the project that are there`, () => {
    const imports = code.flatMap((cell) =>
      [...sourceOf(cell).matchAll(/from "([^"]+)"/g)].map(([, path]) => path!)
    );
    assert.ok(imports.length > 0);
    for (const path of imports) assert.ok(existsSync(new URL(path, FOLDER)), path);
  });

  Deno.test(`notebook ${name} says more than it calls`, () => {
    const words = cells.filter(({ cell_type }) => cell_type === "markdown");
    assert.ok(words.length >= code.length / 2, `${words.length} texts for ${code.length} calls`);
  });
}
