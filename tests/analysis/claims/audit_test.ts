import assert from "node:assert/strict";
import fc from "fast-check";
import { readFile } from "node:fs/promises";
import {
  auditClaims,
  joinOutcomes,
  rankContradictions,
  type Verdict,
} from "../../../analysis/claims/audit.ts";
import { describeRule } from "../../../analysis/claims/describe_rule.ts";
import { CLAIMS } from "../../../analysis/claims/registry.ts";
import { absentCells } from "../../../analysis/claims/structured_agent_distillation.ts";
import {
  ACBENCH_FOLDER,
  type PaperCell,
  parsePaperTable,
  readPaperLabels,
  readPaperTables,
} from "../../../data/paper/acbench.ts";
import { compareWithFingerprint, readFingerprint } from "../../../data/paper/conservation.ts";
import { readAbsences } from "../../../data/paper/structured_agent_distillation.ts";

const printed = await readPaperTables();
const absent = absentCells(await readAbsences());
const audited = auditClaims(CLAIMS, [...printed, ...absent]);

/** Outcomes of all readings by claim. */
function outcomes(cells: PaperCell[]): Map<string, string> {
  return new Map(
    auditClaims(CLAIMS, [...cells, ...absent]).map(({ claim, readings }) => [
      claim.id,
      readings.map(({ outcome }) => outcome).join(),
    ]),
  );
}

const before = outcomes(printed);

function changedBy(cells: PaperCell[]): string[] {
  return [...outcomes(cells)].filter(([id, now]) => before.get(id) !== now).map(([id]) => id);
}

function verdict(id: string): Verdict | undefined {
  return audited.find(({ claim }) => claim.id === id)?.verdict;
}

Deno.test("at least 80 claims of ACBench, each with a name and readings of its own", () => {
  assert.ok(CLAIMS.filter(({ paper }) => paper === "ACBench").length >= 80);
  assert.equal(new Set(CLAIMS.map(({ id }) => id)).size, CLAIMS.length);
  for (const { id, readings } of CLAIMS) {
    assert.equal(new Set(readings.map(({ name }) => name)).size, readings.length, id);
    for (const { rule } of readings) {
      assert.doesNotMatch(describeRule(rule), /undefined|object/, id);
    }
  }
});

Deno.test("claims cover every part of the paper", () => {
  const sections = new Set(CLAIMS.map(({ section }) => section.split(" ")[0]));
  for (const part of ["Abstract", "1", "2", "3", "4", "5", "6", "7", "8", "9", "B", "Caption"]) {
    assert.ok(sections.has(part), part);
  }
  for (const part of ["C.1", "C.2", "C.3", "C.4", "C.5", "C.6", "C.7"]) {
    assert.ok(sections.has(part), part);
  }
});

Deno.test("a claim that can be checked names the cells that it rests on, or counts none", () => {
  for (const { claim, readings } of audited) {
    for (const { outcome, cells, detail, name } of readings) {
      if (outcome === "cannot be checked" || cells.length > 0) continue;
      assert.match(detail, /^0; asked/, `${claim.id}: ${name}`);
    }
  }
});

Deno.test("a changed cell changes the verdicts that rest on it and breaks conservation", async () => {
  const text = await readFile(`${ACBENCH_FOLDER}table8.csv`, "utf8");
  const changed = text.replace(/(GPTQ,Overall,Overall,score),71\.8,71\.8,/, "$1,61.8,61.8,");
  assert.notEqual(changed, text);
  const cells = [
    ...printed.filter(({ table }) => table !== 8),
    ...parsePaperTable(changed, 8, "table8.csv"),
  ];
  const ids = changedBy(cells);
  // 61.8 takes GPTQ below AWQ, out of the abstract's 3 points and below unstructured Wanda.
  for (
    const id of ["c2-internlm-awq-best", "abstract-tool-use-drop", "quantization-above-pruning"]
  ) {
    assert.ok(ids.includes(id), `${id} of ${ids.join(", ")}`);
  }
  const [labels, fingerprint] = await Promise.all([readPaperLabels(), readFingerprint()]);
  assert.deepEqual(compareWithFingerprint(cells, labels, fingerprint), [
    "line 820: the transcription is not what the text prints",
  ]);
});

Deno.test("a cell changes no verdict but those that rest on it", () => {
  const numbers = printed.filter(({ value }) => value !== null);
  const index = fc.integer({ min: 0, max: numbers.length - 1 });
  fc.assert(
    fc.property(index, fc.constantFrom(-1, 0, 0.5, 2, 1000), (i, factor) => {
      const cell = numbers[i]!;
      const other = { ...cell, value: cell.value! * factor, reading: null };
      const ids = changedBy(printed.map((each) => each === cell ? other : each));
      for (const id of ids) {
        const claim = audited.find((each) => each.claim.id === id)!;
        assert.ok(claim.cells.includes(cell), `${id} changed with a cell that it does not name`);
      }
    }),
    { numRuns: 40 },
  );
});

Deno.test("every claim that a number is printed is contradicted once the number is another", () => {
  const stated = audited.flatMap(({ claim, readings }) =>
    readings.map((reading, i) => ({ claim, reading, rule: claim.readings[i]!.rule }))
  ).filter(({ rule, reading }) =>
    "rules" in rule && reading.outcome === "supported" &&
    rule.rules.every((part) =>
      "compare" in part && part.is === "==" && typeof part.compare === "object" &&
      "cell" in part.compare
    )
  );
  assert.ok(stated.length > 15, String(stated.length));
  for (const { claim, reading } of stated) {
    const cell = reading.cells[0]!;
    const other = { ...cell, value: cell.value! + 7, reading: null };
    const ids = changedBy(printed.map((each) => each === cell ? other : each));
    assert.ok(ids.includes(claim.id), claim.id);
  }
});

Deno.test("both readings of an ambiguous word are kept apart", () => {
  const { readings } = audited.find(({ claim }) => claim.id === "c1-qwen-awq-mf")!;
  assert.deepEqual(readings.map(({ outcome }) => outcome), [
    "supported",
    "supported",
    "contradicted",
  ]);
  assert.equal(verdict("c1-qwen-awq-mf"), "depends on the reading");
});

Deno.test("no result of Structured Agent Distillation can be checked", () => {
  const own = audited.filter(({ claim }) => claim.paper === "Structured Agent Distillation");
  assert.ok(own.length >= 5);
  for (const { claim, verdict, cells } of own) {
    assert.equal(verdict, "cannot be checked", claim.id);
    assert.ok(cells.every(({ flag }) => flag === "missing"), claim.id);
  }
});

Deno.test("joinOutcomes() lets readings that can be checked decide", () => {
  assert.equal(joinOutcomes(["supported", "cannot be checked"]), "supported");
  assert.equal(joinOutcomes(["supported", "contradicted"]), "depends on the reading");
  assert.equal(joinOutcomes(["cannot be checked"]), "cannot be checked");
});

Deno.test("rankContradictions() puts claims that fail in all readings first", () => {
  const ranked = rankContradictions(audited);
  const shares = ranked.map(({ contradicted }) => contradicted);
  assert.deepEqual(shares, shares.toSorted((a, b) => b - a));
  assert.equal(ranked[0]!.contradicted, 1);
  assert.ok(ranked.every(({ verdict }) => verdict !== "supported"));
});
