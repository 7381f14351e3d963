import assert from "node:assert/strict";
import { DEPTHS, LENGTHS, needleRecords } from "../../../data/suites/needle/needle.ts";

const records = needleRecords();

Deno.test("needle has four records of every length and depth", () => {
  for (const length of LENGTHS) {
    for (const depth of DEPTHS) {
      const cell = records.filter((r) => r.length === length && r.depth === depth);
      assert.equal(cell.length, 4);
      for (const { subtask } of cell) assert.equal(subtask, String(length));
    }
  }
  assert.equal(records.length, LENGTHS.length * DEPTHS.length * 4);
});

Deno.test("the needle stands once, at its depth, and nobody else has the first name asked for", () => {
  for (const { messages: [user], length, depth, gold } of records) {
    const [haystack, question] = user!.content.split("\n");
    const sentences = haystack!.match(/[^.]+\./g)!.map((sentence) => sentence.trim());
    assert.equal(sentences.length, length);
    const first = gold.split(" ")[0];
    assert.equal(question, `What is the full name of ${first}?`);
    const named = sentences.flatMap((s, i) => RegExp(`\\b${first}\\b`).test(s) ? [i] : []);
    assert.deepEqual(named, [Math.round((depth / 100) * (length - 1))]);
    assert.ok(sentences[named[0]!]!.startsWith(`${gold} `));
  }
});

Deno.test("a test haystack names one person only", () => {
  for (const { messages: [user], gold } of records) {
    const named = user!.content.split("\n")[0]!.match(/[A-Z]\w+ [A-Z]\w+ /g)!;
    assert.deepEqual(named, [`${gold} `]);
  }
});
