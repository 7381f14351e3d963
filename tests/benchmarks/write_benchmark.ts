/**
 * The benchmark's files: `bench.json`, a table and a figure of the ratios.
 *
 * @module
 */
import { join } from "node:path";
import { writeAtomically, writeJsonAtomically } from "../../data/atomic_write.ts";
import { THEME } from "../../reports/figures/theme.ts";
import { renderPng } from "../../reports/render/svg_png.ts";
import type { TableCell, TableData } from "../../reports/render/table_data.ts";
import { markdownTable } from "../../reports/render/table_markdown.ts";
import { renderSvg, standaloneSvg } from "../../reports/render/vega_svg.ts";
import { IMPLEMENTATIONS, WORKS } from "./contestant.ts";
import { largeFileLine } from "./large_file.ts";
import type { Benchmark, BenchRow, Ratio } from "./summarise.ts";

/** Writes the files into a folder; returns their paths. */
export async function writeBenchmark(folder: string, benchmark: Benchmark): Promise<string[]> {
  const svg = await renderSvg(figure(benchmark));
  const files: [string, string | Uint8Array][] = [
    ["bench.md", markdown(benchmark)],
    ["bench.svg", standaloneSvg(svg)],
    ["bench.png", renderPng(svg)],
  ];
  await writeJsonAtomically(join(folder, "bench.json"), benchmark);
  for (const [name, content] of files) await writeAtomically(join(folder, name), content);
  return ["bench.json", ...files.map(([name]) => name)].map((name) => join(folder, name));
}

function markdown(benchmark: Benchmark): string {
  const tables = [ratiosTable(benchmark), timesTable(benchmark)].map(markdownTable);
  const { largeFile } = benchmark;
  return [
    "# Kernels against numpy, SciPy and torch\n",
    "Made by `deno task bench`, which says what each work is.\n",
    "![How many times longer the others take](bench.svg)\n",
    ...tables,
    ...(largeFile ? [largeFileLine(largeFile) + "\n"] : []),
  ].join("\n");
}

const text = (text: string): TableCell => ({ kind: "text", text });
const value = (text: string): TableCell => ({ kind: "value", lines: [text], cells: [] });
const number = (of: number | null, digits: number, why: string): TableCell =>
  of === null ? { kind: "missing", why } : value(of.toFixed(digits));
const named = ({ work, k }: Pick<BenchRow, "work" | "k">) =>
  k === null ? WORKS[work] : `${WORKS[work]}, k = ${k}`;
const left = (header: string) => ({ header, align: "left" as const, group: "" });
const right = (header: string) => ({ header, align: "right" as const, group: "" });

function caveat({ loadBefore, rounds, processors }: Benchmark): string {
  const busy = loadBefore > 0.5
    ? ` The machine was not quiet when it began (load ${
      loadBefore.toFixed(1)
    }): the times are in doubt.`
    : "";
  return `Medians of ${rounds} rounds on ${processors} processors.${busy}`;
}

function timesTable(benchmark: Benchmark): TableData {
  const none = "The work does not go over whole rows.";
  return {
    name: "bench_times",
    caption: `Time and speed. ${caveat(benchmark)} GB/s count the logits read once; ` +
      "the share is of the fastest reading of memory with as many threads. The error is against " +
      "float64 on 32 rows; for top-k it is the number of these rows with other ids (ties included), for " +
      "a histogram the largest difference of a count from numpy's. Of an ERank, V is the number of columns, and the " +
      "error relative, against a float64 SVD.",
    columns: [
      left("work"),
      right("V"),
      right("rows"),
      left("by"),
      right("threads"),
      right("s"),
      right("CPU s"),
      right("GB/s"),
      right("share"),
      right("error"),
    ],
    rows: benchmark.rows.map((row) => [
      text(named(row)),
      value(String(row.vocabulary)),
      value(String(row.rows)),
      text(IMPLEMENTATIONS[row.implementation]),
      value(String(row.threads)),
      value(row.seconds.toPrecision(3)),
      value(row.cpuSeconds.toPrecision(3)),
      number(row.gbPerS, 2, none),
      row.bandwidthShare === null
        ? { kind: "missing", why: none }
        : value(`${(100 * row.bandwidthShare).toFixed(0)} %`),
      row.maxError === null
        ? { kind: "missing", why: "There is nothing to compare." }
        : value(row.maxError.toPrecision(2)),
    ]),
  };
}

function ratiosTable(benchmark: Benchmark): TableData {
  return {
    name: "bench_ratios",
    caption:
      "How many times longer the others take than Actgauge: the median of the ratios of each " +
      "round, smallest and largest in brackets. Against torch with as many threads; against the others, " +
      `which have one, with all of ours. The last column compares processor time, one thread against one. ${
        caveat(benchmark)
      }`,
    columns: [
      left("work"),
      right("V"),
      left("over"),
      right("threads"),
      right("ratio"),
      right("CPU ratio"),
    ],
    rows: benchmark.ratios.map((ratio) => [
      text(named(ratio)),
      value(String(ratio.vocabulary)),
      text(IMPLEMENTATIONS[ratio.over]),
      value(String(ratio.threads)),
      value(
        `${ratio.median.toFixed(1)} (${ratio.low.toFixed(1)} to ${ratio.high.toFixed(1)})`,
      ),
      number(ratio.cpuMedian, 1, "Only of one thread against one."),
    ]),
  };
}

/** Ratios on a logarithmic axis, a line a work and implementation; the row kernels above, ERank below. */
function figure(benchmark: Benchmark) {
  const torch = Math.max(...benchmark.ratios.map(({ threads }) => threads));
  const points = benchmark.ratios.filter(({ over, threads }) =>
    !over.startsWith("torch") || threads === torch
  ).map((ratio) => ({
    ...ratio,
    name: `${ratio.work.replace("erank_", "ERank, ").replace("_", "-")}${
      ratio.k === null ? "" : `, k = ${ratio.k}`
    }`,
    over: IMPLEMENTATIONS[ratio.over],
  }));
  const isErank = ({ work }: Pick<Ratio, "work">) => work.startsWith("erank");
  return {
    config: THEME,
    vconcat: [
      panel(points.filter((point) => !isErank(point)), "V"),
      panel(points.filter(isErank), "columns"),
    ],
    resolve: { scale: { shape: "independent" as const } },
  };
}

function panel(values: unknown[], size: string) {
  const scale = { type: "log" as const };
  const axis = { values: [0.01, 0.1, 1, 10, 100, 1000, 10000], format: "~r" };
  const shared = {
    y: { field: "name", type: "nominal" as const, title: null, sort: null },
    yOffset: { field: "over", sort: null },
    color: { field: "over", type: "nominal" as const, title: "over" },
  };
  const x = {
    type: "quantitative" as const,
    scale,
    axis,
    title: "times longer than Actgauge",
  };
  return {
    width: 420,
    height: { step: 9 },
    data: { values },
    layer: [
      {
        mark: { type: "rule" as const, strokeWidth: 1, color: "#999" },
        data: { values: [{ one: 1 }] },
        encoding: { x: { ...x, field: "one" } },
      },
      {
        mark: { type: "rule" as const, strokeWidth: 0.8 },
        encoding: { ...shared, x: { ...x, field: "low" }, x2: { field: "high" } },
      },
      {
        mark: { type: "point" as const, filled: true },
        encoding: {
          ...shared,
          x: { ...x, field: "median" },
          shape: { field: "vocabulary", type: "nominal" as const, title: size },
        },
      },
    ],
  };
}
