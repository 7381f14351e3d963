/**
 * How ACBench lays out its ten tables: what each is about, its columns, and where its rows stand in
 * the extracted text.
 *
 * @module
 */

/** A column of a table. */
export interface PaperColumn {
  /** Head that spans several columns; empty where the column has none. */
  group: string;
  column: string;
}

/** A table of the paper. */
export interface PaperLayout {
  table: number;
  /** What it shows, in our words. */
  title: string;
  /** Benchmark (or suite of measurements) that its numbers come from. */
  benchmark: string;
  /** Unit of its numbers, as printed. */
  unit: "percent" | "fraction" | "count" | "mixed";
  /** Section of the paper that discusses it. */
  section: string;
  /** First and last line of its rows (heads excluded) in the text. */
  lines: [number, number];
  /** Lines of its heads in the text. */
  heads: number[];
  columns: PaperColumn[];
}

function spread(groups: [string, string[]][]): PaperColumn[] {
  return groups.flatMap(([group, columns]) => columns.map((column) => ({ group, column })));
}

/** LongBench's columns as Tables 4 and 5 print them; Table 3 loses the last. */
export const LONGBENCH_COLUMNS: PaperColumn[] = spread([
  ["Single-Doc QA", ["NrtvQA", "Qasper", "MF-en"]],
  ["Multi-Doc QA", ["HotpotQA", "2WikiQA", "Musique", "Dureader"]],
  ["Summarization", ["GovReport", "QMSum", "MultiNews", "VCSum"]],
  ["Few-shot Learning", ["TREC", "TriviaQA", "SAMSum", "LSHT"]],
  ["Synthetic Task", ["PRE", "Pcount"]],
  ["Code Completion", ["Lcc", "RB-P"]],
]);

const LONGGENBENCH_COLUMNS = spread([["", ["GSM8K", "MMLU"]]]);

/** Environments of AgentBoard in Table 9, and how many each has: a success rate is a multiple of 1/n. */
export const AGENTBOARD_ENVIRONMENTS: Readonly<Record<string, number>> = {
  Jericho: 20,
  Pddl: 60,
  "Tool-query": 60,
  "Tool-Operation": 40,
  Scienceworld: 90,
};

/** Workflow tasks of Table 10, without its average. */
export const WORFBENCH_TASKS: readonly string[] = [
  "Alfworld",
  "Lumos",
  "OS",
  "ToolAlpaca",
  "ToolBench",
  "Webshop",
];

/** The ten tables, by number. */
export const PAPER_LAYOUTS: Readonly<Record<number, PaperLayout>> = {
  1: {
    table: 1,
    title: "Benchmarks, their sizes, and the model families run on them",
    benchmark: "all",
    unit: "count",
    section: "2",
    lines: [28, 51],
    heads: [27],
    columns: spread([
      ["T-Eval", ["Plan", "Reason", "Retrieve", "Understand", "Instruct", "Review"]],
      ["WorfBench", [
        "Function Call Tasks",
        "Embodied Tasks",
        "Problem-Solving Tasks",
        "Open-Grounded Tasks",
      ]],
      ["LongBench", [
        "Code",
        "Single-Doc QA",
        "Multi-Doc QA",
        "Summarization",
        "Few-shot Learning",
        "Synthetic",
      ]],
      ["LongGenBench", ["GSM8K", "MMLU"]],
      ["Needle-in-the-Haystack", ["Needle-in-the-Haystack"]],
      ["AgentBoard", ["ScienceWorld", "Jericho", "PDDL", "Tool-Query", "Tool-Operation"]],
    ]),
  },
  2: {
    table: 2,
    title: "Accuracy, rank and energy metrics of OPT models by size",
    benchmark: "OPT",
    unit: "mixed",
    section: "3",
    lines: [167, 171],
    heads: [166],
    columns: spread([["", ["ACC", "Δ Loss", "Diff-ERank", "ERank (4bit)", "Energy"]]]),
  },
  3: {
    table: 3,
    title: "LongBench under quantization",
    benchmark: "LongBench",
    unit: "percent",
    section: "C.1",
    lines: [685, 689],
    heads: [683, 684],
    columns: LONGBENCH_COLUMNS,
  },
  4: {
    table: 4,
    title: "LongBench under pruning",
    benchmark: "LongBench",
    unit: "percent",
    section: "C.1",
    lines: [703, 714],
    heads: [701, 702],
    columns: LONGBENCH_COLUMNS,
  },
  5: {
    table: 5,
    title: "LongBench on small and distilled models",
    benchmark: "LongBench",
    unit: "percent",
    section: "C.1",
    lines: [720, 732],
    heads: [718, 719],
    columns: LONGBENCH_COLUMNS,
  },
  6: {
    table: 6,
    title: "LongGenBench under quantization and pruning",
    benchmark: "LongGenBench",
    unit: "percent",
    section: "C.1",
    lines: [739, 747],
    heads: [738],
    columns: LONGGENBENCH_COLUMNS,
  },
  7: {
    table: 7,
    title: "LongGenBench on small and distilled models",
    benchmark: "LongGenBench",
    unit: "percent",
    section: "C.1",
    lines: [756, 766],
    heads: [755],
    columns: LONGGENBENCH_COLUMNS,
  },
  8: {
    table: 8,
    title: "T-Eval tool use under compression, string and JSON format",
    benchmark: "T-Eval",
    unit: "percent",
    section: "C.2",
    lines: [811, 850],
    heads: [809, 810],
    columns: spread([
      ["Instruct", ["String", "Json"]],
      ["Plan", ["String", "Json"]],
      ["Reason", ["String", "Json"]],
      ["Retrieve", ["String", "Json"]],
      ["Understand", ["String", "Json"]],
      ["Review", ["Choice"]],
      ["Overall", ["Overall"]],
    ]),
  },
  9: {
    table: 9,
    title: "AgentBoard progress (P) and success (S) rates under compression",
    benchmark: "AgentBoard",
    unit: "percent",
    section: "C.3",
    lines: [856, 878],
    heads: [854, 855],
    columns: spread(Object.keys(AGENTBOARD_ENVIRONMENTS).map((name) => [name, ["P", "S"]])),
  },
  10: {
    table: 10,
    title: "WorfBench workflow generation under compression",
    benchmark: "WorfBench",
    unit: "fraction",
    section: "C.4",
    lines: [884, 917],
    heads: [882, 883],
    columns: spread([...WORFBENCH_TASKS, "Average"].map((name) => [name, ["P", "R", "F1"]])),
  },
};
