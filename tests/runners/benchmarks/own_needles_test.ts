import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { UserError } from "../../../runners/errors.ts";
import {
  insertNeedle,
  insertNeedles,
} from "../../../runners/benchmarks/needle_in_a_haystack/haystack.ts";
import {
  OFFICIAL_NEEDLE,
  readNeedles,
} from "../../../runners/benchmarks/needle_in_a_haystack/needles.ts";
import {
  needleSamples,
  scoreNeedle,
} from "../../../runners/benchmarks/needle_in_a_haystack/samples.ts";
import { wordTokenizer } from "./word_tokenizer.ts";

const tokenizer = wordTokenizer();

const NEEDLE = {
  needle: "\nAnna likes tea.\n",
  question: "What does Anna like?",
  expected: "tea",
  distractors: ["\nBen likes milk.\n"],
};

async function withFolder(needles: string | null, use: (folder: string) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "needles-"));
  try {
    await writeFile(join(folder, "haystack.txt"), "One sentence. ");
    if (needles !== null) await writeFile(join(folder, "needles.json"), needles);
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

Deno.test("insertNeedles() puts each needle where insertNeedle() puts it alone", () => {
  const text = fc.array(fc.constantFrom("a", " b", "."), { maxLength: 60 }).map((p) => p.join(""));
  const depths = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(text, depths, (text, depths) => {
    const needles = depths.map((depth, i) => ({ needle: `<${i}>`, depth }));
    const out = insertNeedles(text, needles, 1000, tokenizer, 10);
    assert.equal(out.replace(/<\d>/g, ""), text);
    needles.forEach(({ needle, depth }) => {
      const alone = out.replaceAll(/<\d>/g, (found) => found === needle ? found : "");
      assert.equal(alone, insertNeedle(text, needle, depth, 1000, tokenizer, 10));
    });
  }));
});

Deno.test("insertNeedles() keeps text and all needles within the length", () => {
  const needles = [{ needle: "<X>", depth: 100 }, { needle: "<Y>", depth: 0 }];
  const out = insertNeedles("a b. ".repeat(100), needles, 60, tokenizer, 20);
  assert.equal(tokenizer.encode(out).length, 40);
  assert.ok(out.startsWith("<Y>a b.") && out.endsWith("<X>"));
});

Deno.test("without needles.json the official needle is hidden", async () => {
  await withFolder(null, async (folder) => {
    assert.equal(await readNeedles(folder), null);
    assert.equal(await readNeedles(join(folder, "haystack.txt")), null);
  });
  const grid = { lengths: [300], depths: [50] };
  const [sample] = needleSamples("One sentence. ".repeat(200), grid, tokenizer);
  assert.equal(sample!.id, "needle/300/50");
  assert.equal(sample!.messages[0]!.content.split(OFFICIAL_NEEDLE.needle).length, 2);
  assert.ok(sample!.messages[0]!.content.endsWith("San Francisco is: \nAnswer:"));
});

Deno.test("needles.json is read from the folder and beside a text file", async () => {
  const { distractors: _, ...bare } = NEEDLE;
  await withFolder(JSON.stringify([NEEDLE, bare]), async (folder) => {
    const expected = [NEEDLE, { ...bare, distractors: [] }];
    assert.deepEqual(await readNeedles(folder), expected);
    assert.deepEqual(await readNeedles(join(folder, "haystack.txt")), expected);
  });
});

const MISTAKES: [what: string, file: string, message: RegExp][] = [
  ["no JSON", "[{", /needles\.json: not JSON/],
  ["no list", "{}", /needles\.json: expected a list, found an object/],
  ["no needle", "[]", /needles\.json: the list holds no needles/],
  [
    "a missing field",
    JSON.stringify([NEEDLE, { ...NEEDLE, question: undefined }]),
    /needle 2, field "question": expected a text, found nothing/,
  ],
  [
    "nothing expected",
    JSON.stringify([{ ...NEEDLE, expected: " " }]),
    /field "expected": expected words/,
  ],
  [
    "an unknown field",
    JSON.stringify([{ ...NEEDLE, answer: "tea" }]),
    /unknown field "answer"; a needle has/,
  ],
  [
    "a wrong distractor",
    JSON.stringify([{ ...NEEDLE, distractors: [1] }]),
    /field "distractors"\[0\]: expected a text/,
  ],
];

for (const [what, file, message] of MISTAKES) {
  Deno.test(`readNeedles() refuses ${what}`, async () => {
    await withFolder(file, async (folder) => {
      await assert.rejects(readNeedles(folder), (error: Error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        return true;
      });
    });
  });
}

Deno.test("samples of own needles: one for each length, depth and needle, scored by its own words", () => {
  const other = { ...NEEDLE, needle: "\nIda has a cat.\n", expected: "a cat.", distractors: [] };
  const grid = { lengths: [60, 80], depths: [0, 100], buffer: 20 };
  const samples = needleSamples("One sentence. ".repeat(40), grid, tokenizer, [NEEDLE, other]);
  assert.deepEqual(
    samples.map(({ id }) => id),
    ["60/0/0", "60/0/1", "60/100/0", "60/100/1", "80/0/0", "80/0/1", "80/100/0", "80/100/1"]
      .map((id) => `needle/${id}`),
  );
  const [first, second, last] = samples.map(({ messages }) => messages[0]!.content);
  assert.match(first!, /<book> \nAnna likes tea\.\nOne .*\nBen likes milk\.\n.* <\/book>\.\n/);
  assert.match(second!, /<book> \nIda has a cat\.\nOne [^\n]* <\/book>\.\n/);
  assert.match(last!, /\nAnna likes tea\.\n <\/book>/);
  assert.match(first!, /Question: What does Anna like\?\nAnswer:$/);
  const score = (answer: string, i: number) =>
    scoreNeedle(answer, "upstream", samples[i]!.gold as typeof NEEDLE)[0]!.value;
  assert.deepEqual([score("tea", 0), score("tea", 1), score("a cat.", 1)], [1, 0, 1]);
});

Deno.test("a length without room for needle, distractors and buffer is refused", () => {
  const grid = { lengths: [40], depths: [0], buffer: 30 };
  assert.throws(
    () => needleSamples("One sentence. ".repeat(40), grid, tokenizer, [NEEDLE]),
    /"Anna likes tea\." with its distractors has 12 tokens, but a length of 40 leaves 10/,
  );
});
