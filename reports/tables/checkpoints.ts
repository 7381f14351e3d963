/**
 * What was made of the model: one row a checkpoint. Run times differ from run to run, so they are not here.
 *
 * @module
 */
import { bytes, fixed, grouped } from "../../analysis/numbers.ts";
import type { Cell, Variant } from "../../data/types.ts";
import { ENGINE_WORDS, engineCell, needsEngineWords } from "../engines.ts";
import { absent } from "../failures.ts";
import { recipeWords } from "../recipe_words.ts";
import type { TableCell, TableColumn } from "../render/table_data.ts";
import {
  checkpointOf,
  hasCheckpoints,
  isBaseline,
  orderedVariants,
  type Results,
  variantTitle,
} from "../results.ts";
import type { Table } from "./table.ts";

const left = (header: string, group = ""): TableColumn => ({ header, group, align: "left" });
const right = (header: string, group = ""): TableColumn => ({ header, group, align: "right" });

const COLUMNS: TableColumn[] = [
  left("Method"),
  left("Recipe"),
  left("Set", "Calibration"),
  right("Texts", "Calibration"),
  right("Seed", "Calibration"),
  right("Stored bytes"),
  right("Bits per weight"),
  right("Sparsity"),
  right("Weights changed"),
  left("Execution"),
];

/** Table of checkpoints. */
export const checkpoints: Table = {
  name: "checkpoints",
  title: "Checkpoints",
  table: (results) => ({
    name: "checkpoints",
    caption:
      "Checkpoints. Stored bytes are those of the weight files as shipped. Bits per weight " +
      "count scales and zero points over the compressed layers; sparsity is the share of zeros " +
      "there. Execution: native when the engine computes with the compressed weights, simulated " +
      "when they were expanded to dense ones first." +
      (needsEngineWords(results) ? ` ${ENGINE_WORDS}` : ""),
    columns: !hasCheckpoints(results)
      ? []
      : [...COLUMNS, ...(needsEngineWords(results) ? [left("Engine")] : [])],
    rows: !hasCheckpoints(results) ? [] : orderedVariants(results).map((variant) => [
      { kind: "text", text: variantTitle(results, variant) },
      { kind: "text", text: isBaseline(results, variant) ? "none" : recipeText(results, variant) },
      ...calibrationCells(variant),
      ...factCells(results, variant),
      ...(needsEngineWords(results) ? [engineCell(results, variant)] : []),
    ]),
  }),
};

function recipeText(results: Results, variant: Variant): string {
  const made = checkpointOf(results, variant.id);
  return recipeWords(made?.facts.recipe ?? variant.settings);
}

function calibrationCells({ calibration }: Variant): TableCell[] {
  if (calibration === null) {
    const cell: TableCell = { kind: "missing", why: "the method needs no calibration" };
    return [cell, cell, cell];
  }
  const text = (value: string): TableCell => ({ kind: "text", text: value });
  return [
    text(calibration.set),
    text(`${grouped(calibration.samples)} × ${grouped(calibration.maxLength)} tokens`),
    text(String(calibration.seed)),
  ];
}

function factCells(results: Results, variant: Variant): TableCell[] {
  const made = checkpointOf(results, variant.id);
  if (made === null) {
    const cells = results.plan.cells.filter((cell: Cell) =>
      cell.kind === "compress" && cell.variant === variant.id
    );
    return Array.from({ length: 5 }, () => absent(results, cells, "the checkpoint"));
  }
  const { facts, cell } = made;
  const value = (text: string): TableCell => ({ kind: "value", lines: [text], cells: [cell.id] });
  return [
    value(bytes(facts.storedBytes)),
    value(fixed(facts.effectiveBits, 2)),
    value(`${fixed(100 * facts.sparsity, 1)} %`),
    value(`${grouped(facts.compressedParameters)} of ${grouped(facts.parameters)}`),
    value(facts.execution),
  ];
}
