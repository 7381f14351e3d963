import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  compareNumerals,
  parseAbsences,
  readAbsences,
  readNoteNumerals,
  STRUCTURED_AGENT_DISTILLATION_FOLDER,
} from "../../../data/paper/structured_agent_distillation.ts";

Deno.test("every benchmark and method that the note names has its absent score", async () => {
  const scores = (await readAbsences()).filter(({ kind }) => kind === "result");
  assert.deepEqual(
    scores.map(({ benchmark, method }) => `${benchmark}: ${method}`).sort(),
    ["ALFWorld", "HotPotQA-ReAct", "WebShop"].flatMap((benchmark) =>
      ["imitation learning", "structured agent distillation", "token-level distillation"]
        .map((method) => `${benchmark}: ${method}`)
    ),
  );
});

Deno.test("a number entered for an absent result is refused", async () => {
  const text = await readFile(`${STRUCTURED_AGENT_DISTILLATION_FOLDER}absences.csv`, "utf8");
  assert.throws(
    () => parseAbsences(text.replace(",,missing,", ",71.3,missing,"), "absences.csv"),
    /^SyntaxError: absences\.csv:2: value: "71\.3"/,
  );
});

Deno.test("compareNumerals() finds a numeral that the list lacks", async () => {
  const numerals = await readNoteNumerals();
  const lines = Array.from({ length: 24 }, () => "");
  for (const { line, numeral } of numerals) lines[line - 1] += ` ${numeral}`;
  assert.deepEqual(compareNumerals(numerals, lines.join("\n")), []);
  lines[20] = "a success rate of 71.3";
  assert.deepEqual(compareNumerals(numerals, lines.join("\n")), [
    "line 21: 71.3: 1 times printed, 0 times listed",
  ]);
});
