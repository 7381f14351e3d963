/** Damaged and hostile files: each gives a message that names file, place, field, what was found and expected. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { UserError } from "../../../runners/errors.ts";
import { detectFormat } from "../../../runners/imports/detect_format.ts";
import { FORMATS } from "../../../runners/imports/registry.ts";
import { openZip } from "../../../runners/imports/zip.ts";
import { fixture, fixtureBelow, FIXTURES, inTemporaryFolder } from "./in_temporary_run.ts";

async function refuses(work: () => unknown, expected: RegExp): Promise<void> {
  await assert.rejects(async () => await work(), (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, expected);
    return true;
  });
}

const LINE = JSON.parse(
  Deno.readTextFileSync(fixture("lm_eval/base", /^samples_tiny_choice/)).split("\n")[0]!,
);

/** Reads lines as a file of a format. */
async function readingLines(format: string, lines: string[], expected: RegExp): Promise<void> {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "file.jsonl");
    await Deno.writeTextFile(path, lines.join("\n"));
    await refuses(() => FORMATS[format]!.read(path), expected);
  });
}

Deno.test("lm_eval: cut lines, missing and wrong fields, and documents that stand twice", async () => {
  const good = JSON.stringify(LINE);
  const without = (name: string) => JSON.stringify({ ...LINE, [name]: undefined });
  await readingLines(
    "lm_eval",
    [good, good.slice(0, 100)],
    /file\.jsonl, line 2: not JSON.*cut short/,
  );
  await readingLines("lm_eval", ["[1]"], /line 1: found \[1\], expected an object/);
  await readingLines("lm_eval", [""], /the file is empty/);
  await readingLines(
    "lm_eval",
    [without("doc_id")],
    /line 1, field "doc_id": found nothing, expected string or/,
  );
  await readingLines("lm_eval", [without("resps")], /field "resps": found nothing, expected array/);
  await readingLines("lm_eval", [without("acc")], /field "acc": found nothing, expected the score/);
  await readingLines(
    "lm_eval",
    [good, good],
    /line 2, field "doc_id": document 0 stands a second time/,
  );
  await readingLines(
    "lm_eval",
    [good, JSON.stringify({ ...LINE, filter: "other", doc: {} })],
    /line 2, field "doc": document 0 differs/,
  );
});

Deno.test("nemo_evaluator: missing rewards, negative repeats and tries that stand twice", async () => {
  const good = { problem_idx: 0, repeat: 0, reward: 1, prompt: "p", expected_answer: "a" };
  const text = (change: Record<string, unknown>) => JSON.stringify({ ...good, ...change });
  await readingLines(
    "nemo_evaluator",
    [text({ reward: undefined })],
    /field "reward": found nothing/,
  );
  await readingLines(
    "nemo_evaluator",
    [text({ repeat: -1 })],
    /field "repeat": found -1, expected 0 or more/,
  );
  await readingLines(
    "nemo_evaluator",
    [text({}), text({})],
    /line 2.*problem 0, repeat 0 stands twice/,
  );
});

Deno.test("NaN of Python's JSON is a missing score with a reason", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "file.jsonl");
    await Deno.writeTextFile(path, JSON.stringify({ ...LINE, acc: "@" }).replace('"@"', "NaN"));
    const { samples } = await FORMATS.lm_eval!.read(path);
    assert.deepEqual(samples[0]!.scores[0], {
      metric: "acc",
      value: null,
      reason: "the tool's value is not a number (NaN)",
    });
  });
});

Deno.test("lighteval: cut files, and Parquet files that are no details", async () => {
  await inTemporaryFolder(async (folder) => {
    const whole = await Deno.readFile(fixtureBelow("lighteval/details/base", /tiny_choice/));
    const path = join(folder, "details.parquet");
    await Deno.writeFile(path, whole.subarray(0, whole.length - 500));
    await refuses(
      () => FORMATS.lighteval!.read(path),
      /details\.parquet: not a readable Parquet file.*cut short/,
    );
    const foreign = join(FIXTURES, "../../../../data/paper/acbench/tables.parquet");
    await refuses(
      () => FORMATS.lighteval!.read(foreign),
      /column "doc" is missing; found .*lighteval 0\.11/,
    );
  });
});

Deno.test("inspect: cut archives, changed bytes, and logs without samples", async () => {
  await inTemporaryFolder(async (folder) => {
    const whole = await Deno.readFile(`${FIXTURES}/inspect/base/tiny_qa.eval`);
    const path = join(folder, "log.eval");
    await Deno.writeFile(path, whole.subarray(0, whole.length / 2));
    await refuses(() => FORMATS.inspect!.read(path), /log\.eval: not a whole zip archive/);
    const changed = whole.slice();
    const { offset, compressedSize } = entryOf(path, whole, "samples/q3_epoch_1.json");
    changed[offset + 100 + compressedSize / 2 | 0]! ^= 0xff;
    await Deno.writeFile(path, changed);
    await refuses(() => FORMATS.inspect!.read(path), /entry "samples\/q3_epoch_1\.json": damaged/);
    await Deno.writeFile(path, zip([["header.json", '{"version": 2, "eval": {}}']]));
    await refuses(() => FORMATS.inspect!.read(path), /the log has no samples/);
    await Deno.writeFile(path, zip([["header.json", '{"version": 3, "eval": {}}']]));
    await refuses(
      () => FORMATS.inspect!.read(path),
      /field "version": found 3, expected 2 or less/,
    );
  });
});

function entryOf(path: string, bytes: Uint8Array, name: string) {
  Deno.writeFileSync(path, bytes);
  using archive = openZip(path);
  return archive.entries.get(name)!;
}

/** A zip archive of deflated entries; `size` in place of an entry's true size. */
function zip(files: [name: string, text: string, size?: number][]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text, lie] of files) {
    const plain = new TextEncoder().encode(text);
    const packed = deflateRawSync(plain);
    const label = new TextEncoder().encode(name);
    const common = new DataView(new ArrayBuffer(26));
    [20, 0, 8, 0, 0].forEach((value, index) => common.setUint16(2 * index, value, true));
    [crc32(plain), packed.length, lie ?? plain.length].forEach((value, index) =>
      common.setUint32(10 + 4 * index, value, true)
    );
    common.setUint16(22, label.length, true);
    const fields = new Uint8Array(common.buffer);
    const local = concat([Uint8Array.of(0x50, 0x4b, 3, 4), fields, label, packed]);
    const tail = new DataView(new ArrayBuffer(14));
    tail.setUint32(10, offset, true);
    directory.push(
      concat([Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), fields, new Uint8Array(tail.buffer), label]),
    );
    parts.push(local);
    offset += local.length;
  }
  const listed = concat(directory);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, listed.length, true);
  end.setUint32(16, offset, true);
  return concat([...parts, listed, new Uint8Array(end.buffer)]);
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

Deno.test("openZip() reads what it wrote, and of one name the last entry", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "a.zip");
    await Deno.writeFile(path, zip([["a.json", "old"], ["a.json", "new"], ["b/c.json", "c"]]));
    using archive = openZip(path);
    const read = (name: string) =>
      new TextDecoder().decode(archive.read(archive.entries.get(name)!));
    assert.deepEqual([read("a.json"), read("b/c.json")], ["new", "c"]);
  });
});

Deno.test("openZip() refuses bombs, names that lead outside, and entries that lie about their size", async () => {
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "a.zip");
    for (const name of ["../a.json", "samples/../../a", "/etc/a", "C:\\a", "..\\a"]) {
      await Deno.writeFile(path, zip([[name, "{}"]]));
      await refuses(() => openZip(path), /leads outside of the archive; refused/);
    }
    await Deno.writeFile(path, zip([["a.json", "x".repeat(2000)], ["b.json", "x".repeat(2000)]]));
    await refuses(
      () => openZip(path, { entryBytes: 1000, totalBytes: 9000 }),
      /2000 bytes when decompressed/,
    );
    await refuses(
      () => openZip(path, { entryBytes: 3000, totalBytes: 3000 }),
      /more than 3000 bytes; refused/,
    );
    await Deno.writeFile(path, zip([["a.json", "x".repeat(1_000_000), 10]]));
    using archive = openZip(path);
    await refuses(() => archive.read(archive.entries.get("a.json")!), /entry "a\.json": damaged/);
  });
});

Deno.test("detectFormat() knows every fixture, and says what to import in place of summaries", async () => {
  const cases: [string, string][] = [
    [fixture("lm_eval/base", /^samples_tiny_answer/), "lm_eval"],
    [`${FIXTURES}/inspect/base/tiny_qa.eval`, "inspect"],
    [`${FIXTURES}/inspect/base/tiny_qa_limited.json`, "inspect"],
    [fixtureBelow("lighteval/details/base", /tiny_answer/), "lighteval"],
    [`${FIXTURES}/nemo_evaluator/base/results.jsonl`, "nemo_evaluator"],
  ];
  for (const [path, name] of cases) assert.equal((await detectFormat(path, undefined)).name, name);
  const detect = (path: string, name?: string) => () => detectFormat(path, name);
  await refuses(
    detect(fixture("lm_eval/base", /^results_/)),
    /import samples_<task>_<date>\.jsonl/,
  );
  await refuses(
    detect(fixture("nemo_evaluator/base", /^eval-/)),
    /import the results\.jsonl beside it/,
  );
  await refuses(detect(fixture("lighteval/results/base", /^results_/)), /import details_/);
  await refuses(detect(`${FIXTURES}/questions.jsonl`), /form of no known result file/);
  await refuses(detect(`${FIXTURES}/none.jsonl`), /there is no such file/);
  await refuses(detect(FIXTURES), /expected a file, found a folder/);
  await refuses(
    detect(`${FIXTURES}/questions.jsonl`, "helm"),
    /--format helm: expected one of lm_eval/,
  );
});
