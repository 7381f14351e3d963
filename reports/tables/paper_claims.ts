/**
 * The audited claims as tables: one row a reading, and the recomputed averages.
 *
 * @module
 */
import type { AuditedClaim } from "../../analysis/claims/audit.ts";
import type { RecomputedAverage } from "../../analysis/claims/averages.ts";
import { describeRule } from "../../analysis/claims/describe_rule.ts";
import { fixed, significant } from "../../analysis/numbers.ts";
import { cellKey } from "../../data/paper/acbench.ts";
import type { TableCell, TableColumn, TableData } from "../render/table_data.ts";
import { paperCellAddress } from "./paper_cell.ts";

const text = (words: string): TableCell => ({ kind: "text", text: words });
const left = (header: string): TableColumn => ({ header, group: "", align: "left" });
const right = (header: string): TableColumn => ({ header, group: "", align: "right" });

/** All claims, one row a reading; the cells of a row are those that its reading rests on. */
export function claimsTable(audited: AuditedClaim[]): TableData {
  return {
    name: "paper_claims",
    caption: "Claims of ACBench and of Structured Agent Distillation, checked against their cells.",
    columns: [
      left("Claim"),
      left("Paper"),
      left("Section"),
      right("Line"),
      left("Sentence, restated"),
      left("Verdict"),
      left("Reading"),
      left("Rule"),
      left("Outcome"),
      left("Found"),
      right("Gap"),
    ],
    rows: audited.flatMap(({ claim, verdict, readings }) =>
      readings.map((reading, index) => [
        text(claim.id),
        text(claim.paper),
        text(claim.section),
        text(String(claim.line)),
        text(claim.sentence),
        text(verdict),
        text(reading.name),
        text(describeRule(claim.readings[index]!.rule)),
        {
          kind: "value",
          lines: [reading.outcome],
          cells: claim.paper === "ACBench" ? reading.cells.map(paperCellAddress) : [],
        } as TableCell,
        text(reading.detail),
        text(reading.gap === null ? "–" : significant(reading.gap, 3)),
      ])
    ),
  };
}

/** Printed averages whose recomputed value is not what is printed, to the last digit. */
export function averagesTable(averages: RecomputedAverage[]): TableData {
  const off = averages.filter(({ difference, rounding }) =>
    difference === null || Math.abs(difference) > rounding / 2 + 1e-9
  );
  return {
    name: "paper_averages",
    caption: `Averages of Tables 8 and 10 computed again: of ${averages.length}, ` +
      `${averages.length - off.length} agree to the last digit; the others are listed.`,
    columns: [
      left("Average"),
      right("Printed"),
      right("Recomputed"),
      right("Difference"),
      left("Rounding explains it"),
    ],
    rows: off.map(({ printed, recomputed, difference, rounding }): TableCell[] => [
      text(cellKey(printed)),
      printed.value === null
        ? { kind: "missing", why: "the average is lost" }
        : { kind: "value", lines: [printed.printed], cells: [paperCellAddress(printed)] },
      recomputed === null
        ? { kind: "missing", why: "a cell of it is lost" }
        : { kind: "value", lines: [fixed(recomputed, 4)], cells: [] },
      text(difference === null ? "–" : fixed(difference, 4)),
      text(difference === null ? "–" : Math.abs(difference) <= rounding + 1e-9 ? "yes" : "no"),
    ]),
  };
}
