/**
 * Claims of Structured Agent Distillation, and the cells that they would rest on: all absent from the
 * note that circulates.
 *
 * @module
 */
import type { PaperCell } from "../../data/paper/acbench.ts";
import type { AbsentResult } from "../../data/paper/structured_agent_distillation.ts";
import { ALL, type Claim, type Rule } from "./claim.ts";

/** Stands for the paper where a cell asks for the number of a table. */
const TABLE = 0;
const METHOD = "structured agent distillation";

/** The absent results as cells without a number: method as model, benchmark as group. */
export function absentCells(absences: AbsentResult[]): PaperCell[] {
  return absences.map((absence, i) => ({
    table: TABLE,
    model: absence.method,
    compression: "",
    group: absence.benchmark,
    column: absence.metric,
    metric: absence.kind,
    value: null,
    printed: "",
    reading: null,
    flag: absence.flag,
    note: absence.note,
    modelAsExtracted: "",
    compressionAsExtracted: "",
    line: absence.line,
    position: null,
    // The first line of the CSV file is its head.
    row: i + 2,
  }));
}

const above = (other: string): Rule => ({
  change: "points",
  pairs: {
    cells: { table: TABLE, model: METHOD, metric: "result" },
    against: { table: TABLE, model: other, metric: "result" },
    by: ["group"],
  },
  is: ">",
  to: 0,
  share: ALL,
});

const PAPER = { paper: "Structured Agent Distillation", section: "Abstract", line: 52 } as const;

/** What the abstract claims of results. */
export const STRUCTURED_AGENT_DISTILLATION: Claim[] = [
  {
    ...PAPER,
    id: "distillation-token-level",
    sentence: "The method beats token-level distillation on ALFWorld, HotPotQA-ReAct and WebShop.",
    readings: [{ name: "the score on each", rule: above("token-level distillation") }],
  },
  {
    ...PAPER,
    id: "distillation-imitation",
    sentence: "The method beats imitation learning on the three benchmarks.",
    readings: [{ name: "the score on each", rule: above("imitation learning") }],
  },
  {
    ...PAPER,
    id: "distillation-compression",
    sentence: "It compresses significantly.",
    readings: [{
      name: "a rate above 1",
      rule: {
        compare: { cell: { table: TABLE, model: METHOD, metric: "compression" } },
        is: ">",
        to: 1,
      },
    }],
  },
  {
    ...PAPER,
    id: "distillation-drop",
    sentence: "It loses little against the teacher.",
    readings: [{
      name: "at most 5 points on each benchmark",
      rule: {
        each: { table: TABLE, model: METHOD, metric: "margin" },
        is: "<=",
        to: 5,
        share: ALL,
      },
    }],
  },
  {
    ...PAPER,
    id: "distillation-scaling",
    sentence: "It holds over sizes of the student.",
    readings: [{
      name: "a score for each benchmark",
      rule: { each: { table: TABLE, metric: "scaling" }, is: ">", to: 0, share: ALL },
    }],
  },
  {
    ...PAPER,
    id: "distillation-ablation",
    sentence: "Span-level alignment matters: without it the score falls.",
    readings: [{
      name: "the score with spans above the score without, on each benchmark",
      rule: {
        change: "points",
        pairs: {
          cells: { table: TABLE, model: METHOD, metric: "ablation" },
          against: { table: TABLE, model: METHOD, metric: "result" },
          by: ["group"],
        },
        is: "<",
        to: 0,
        share: ALL,
      },
    }],
  },
];
