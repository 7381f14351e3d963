/**
 * Checks and exports the transcription of ACBench.
 *
 *     deno run -A data/paper/main.ts check                 against the committed fingerprint
 *     deno run -A data/paper/main.ts check paper.txt       against the text itself
 *     deno run -A data/paper/main.ts check-note note.txt   that the note on distillation prints no result
 *     deno run -A data/paper/main.ts fingerprint paper.txt writes the fingerprint of a text
 *     deno run -A data/paper/main.ts parquet               writes tables.parquet
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { writeAtomically } from "../atomic_write.ts";
import { ACBENCH_FOLDER, readPaperLabels, readPaperTables } from "./acbench.ts";
import {
  compareWithFingerprint,
  compareWithText,
  fingerprintText,
  formatFingerprint,
  readFingerprint,
  tableLines,
} from "./conservation.ts";
import { exportParquet } from "./export.ts";
import {
  compareNumerals,
  readAbsences,
  readNoteNumerals,
} from "./structured_agent_distillation.ts";

async function check(textFile?: string): Promise<number> {
  const [cells, labels] = await Promise.all([readPaperTables(), readPaperLabels()]);
  const problems = textFile
    ? compareWithText(cells, labels, await readFile(textFile, "utf8"))
    : compareWithFingerprint(cells, labels, await readFingerprint());
  for (const problem of problems) console.error(problem);
  const printed = cells.filter((cell) => cell.printed !== "").length;
  const flagged = cells.filter((cell) => cell.flag !== null).length;
  console.log(
    `${cells.length} cells (${printed} printed, ${flagged} flagged) and ${labels.length} labels ` +
      `rebuild ${tableLines().length} lines: ` +
      (problems.length ? `${problems.length} differences` : "every printed field exactly once"),
  );
  return problems.length ? 1 : 0;
}

async function checkNote(noteFile: string): Promise<number> {
  const [absences, numerals] = await Promise.all([readAbsences(), readNoteNumerals()]);
  const problems = compareNumerals(numerals, await readFile(noteFile, "utf8"));
  for (const problem of problems) console.error(problem);
  console.log(
    `${absences.length} results named and absent; ${numerals.length} numerals, none a result: ` +
      (problems.length ? `${problems.length} differences` : "the note prints no other"),
  );
  return problems.length ? 1 : 0;
}

async function main([command, file]: string[]): Promise<number> {
  if (command === "check") return await check(file);
  if (command === "check-note" && file) return await checkNote(file);
  if (command === "fingerprint" && file) {
    const target = `${ACBENCH_FOLDER}fingerprint.csv`;
    const fingerprint = fingerprintText(await readFile(file, "utf8"));
    await writeAtomically(target, formatFingerprint(fingerprint));
    console.log(`wrote ${target}`);
    return 0;
  }
  if (command === "parquet") {
    console.log(`wrote ${await exportParquet()}`);
    return 0;
  }
  console.error(
    "usage: main.ts check [paper.txt] | check-note note.txt | fingerprint paper.txt | parquet",
  );
  return 2;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
