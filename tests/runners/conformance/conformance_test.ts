import assert from "node:assert/strict";
import { join } from "node:path";
import { conformance } from "../../../runners/conformance.ts";
import { agrees } from "../../../runners/conformance/check.ts";
import { UserError } from "../../../runners/errors.ts";
import { parsePythonJson, pythonJsonText } from "../../../runners/scoring/python_json.ts";
import { isDict, type PythonValue } from "../../../runners/scoring/python_value.ts";

const FOLDER = new URL("./golden/", import.meta.url).pathname;
const NAMES = [
  "agentboard",
  "hotpotqa_react",
  "longbench",
  "longgenbench",
  "needle",
  "teval",
  "webshop",
  "worfbench",
];

async function run(paths: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await conformance(paths, (line) => lines.push(line));
  return { code, lines };
}

Deno.test("conformance() agrees with upstream on every golden entry of ours", async () => {
  for (const name of NAMES) {
    const { code, lines } = await run([join(FOLDER, `${name}.json`)]);
    assert.equal(code, 0, lines.join("\n"));
    assert.match(lines.at(-1)!, /^[1-9]\d* passed, 0 failed$/);
  }
});

const RESULTS = /^(?:expected|node|graph|progress_after_each|won|visualize_overlap)$/;

/** Ways to change one number, text or truth value of an expected result, and to change it back. */
function changes(
  value: PythonValue,
  isResult: boolean,
): { change: () => void; undo: () => void }[] {
  const children: [PythonValue, string, (changed: PythonValue) => void][] = [];
  if (Array.isArray(value)) {
    value.forEach((item, i) => children.push([item, "", (changed) => value[i] = changed]));
  } else if (isDict(value)) {
    for (const entry of value.entries.values()) {
      children.push([entry[1], String(entry[0]), (changed) => entry[1] = changed]);
    }
  }
  return children.flatMap(([child, key, set]) => {
    const inResult = isResult || RESULTS.test(key);
    if (!inResult || /^(?:error|message|note)$/.test(key)) {
      return inResult ? [] : changes(child, false);
    }
    const changed = changedLeaf(child);
    if (changed === null) return changes(child, true);
    return [{ change: () => set(changed), undo: () => set(child) }];
  });
}

function changedLeaf(value: PythonValue): PythonValue {
  if (typeof value === "number") return value + 0.25;
  if (typeof value === "bigint") return value + 1n;
  if (typeof value === "boolean") return !value;
  return typeof value === "string" ? `${value}!` : null;
}

Deno.test("conformance() fails when an expected value is changed", async () => {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of NAMES) {
      const document = parsePythonJson(await Deno.readTextFile(join(FOLDER, `${name}.json`)));
      const all = changes(document, false);
      assert.ok(all.length >= 8, `${name}: ${all.length} values to change`);
      for (let i = 0; i < all.length; i += Math.ceil(all.length / 8)) {
        const path = join(folder, `${name}-${i}.json`);
        all[i]!.change();
        await Deno.writeTextFile(path, pythonJsonText(document));
        all[i]!.undo();
        const { code, lines } = await run([path]);
        assert.equal(code, 1, `${name}: change ${i} passed unseen`);
        assert.match(lines.at(-1)!, /^\d+ passed, 1 failed$/);
        assert.ok(lines.some((line) => line.includes("expected")), "shows the disagreement");
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("conformance() refuses what is no golden file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "x.json");
    for (const text of ["{", "[]", "{}", '{"upstream": "nobody"}', '{"upstream": 3}']) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(run([path]), UserError, text);
    }
    await assert.rejects(run([]), UserError);
    await assert.rejects(run([join(folder, "absent.json")]), UserError);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("agrees() compares as the golden files mean it", () => {
  const cases: [string, unknown, boolean][] = [
    ["1.0", 1, true],
    ["1.0", 1 + 5e-10, true],
    ["1.0", 1 + 5e-9, false],
    ["true", 1, true],
    ["true", false, false],
    ['"NaN"', NaN, true],
    ['"NaN"', 0, false],
    ['"NaN"', "NaN", true],
    ["null", null, true],
    ["null", 0, false],
    ['{"a": 1}', { a: 1, b: 2 }, false],
    ['{"a": [1, "x"]}', { a: [1, "x"] }, true],
    ["[]", {}, false],
  ];
  for (const [expected, actual, same] of cases) {
    assert.equal(agrees(parsePythonJson(expected), actual, 1e-9), same, `${expected} ${actual}`);
  }
});

const others = Deno.env.get("ACTGAUGE_GOLDEN");

Deno.test({
  name: "conformance() agrees on the golden files of the folder ACTGAUGE_GOLDEN",
  ignore: others === undefined,
  fn: async () => {
    const paths: string[] = [];
    for await (const { name } of Deno.readDir(others!)) {
      if (name.endsWith(".json")) paths.push(join(others!, name));
    }
    const { code, lines } = await run(paths.sort());
    assert.equal(code, 0, lines.join("\n"));
  },
});
