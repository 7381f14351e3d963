/**
 * Figure 1 of ACBench as a schematic of our own: from compression methods over benchmarks to metrics.
 *
 * @module
 */
import type { FigureSpec } from "./figure.ts";
import type { PaperFigure } from "./paper_figure.ts";
import { THEME } from "./theme.ts";

/** A box of the schematic: place and size as shares of the picture. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  head: string;
  lines: string[];
  fill: string;
}

const HEIGHT = 190;
const BLUE = "#d6e6f2";
const ORANGE = "#f7e0d0";
const GREEN = "#d5ece3";
const GREY = "#eeeeee";

const BOXES: Box[] = [
  {
    x: 0,
    y: 0.06,
    width: 0.2,
    height: 0.4,
    head: "Quantization",
    lines: ["GPTQ", "AWQ", "SmoothQuant", "FP8"],
    fill: BLUE,
  },
  {
    x: 0,
    y: 0.54,
    width: 0.2,
    height: 0.4,
    head: "Pruning",
    lines: ["magnitude", "SparseGPT", "Wanda", "50 % or 2:4"],
    fill: BLUE,
  },
  {
    x: 0.27,
    y: 0.26,
    width: 0.18,
    height: 0.3,
    head: "Compressed model",
    lines: ["beside its", "baseline"],
    fill: GREY,
  },
  {
    x: 0.52,
    y: 0,
    width: 0.23,
    height: 0.22,
    head: "Action execution",
    lines: ["T-Eval"],
    fill: ORANGE,
  },
  {
    x: 0.52,
    y: 0.26,
    width: 0.23,
    height: 0.22,
    head: "Workflow generation",
    lines: ["WorfBench"],
    fill: ORANGE,
  },
  {
    x: 0.52,
    y: 0.52,
    width: 0.23,
    height: 0.22,
    head: "Long contexts",
    lines: ["LongBench, LongGen-", "Bench, needle"],
    fill: ORANGE,
  },
  {
    x: 0.52,
    y: 0.78,
    width: 0.23,
    height: 0.22,
    head: "Applications",
    lines: ["AgentBoard"],
    fill: ORANGE,
  },
  {
    x: 0.82,
    y: 0.35,
    width: 0.18,
    height: 0.3,
    head: "Scores",
    lines: ["what the agent", "achieves"],
    fill: GREEN,
  },
  {
    x: 0.27,
    y: 0.68,
    width: 0.18,
    height: 0.32,
    head: "Internals",
    lines: ["ERank", "top-k ranking", "energy"],
    fill: GREEN,
  },
];

/** Lines from box to box, by their places in the list. */
const ARROWS: [number, number][] = [
  [0, 2],
  [1, 2],
  [2, 3],
  [2, 4],
  [2, 5],
  [2, 6],
  [3, 7],
  [4, 7],
  [5, 7],
  [6, 7],
];

/** Figure 1. */
export const overview: PaperFigure = {
  figure: 1,
  name: "paper_figure_1",
  title: "What ACBench compares",
  span: "full",
  caption:
    "After ACBench, Figure 1: compression methods, the capabilities that they are measured on, and what is measured.",
  spec(_cells, width) {
    const inner = width - 8;
    const place = ({ x, y, width: wide, height, head, lines, fill }: Box) => ({
      left: x * inner,
      right: (x + wide) * inner,
      top: y * HEIGHT,
      bottom: (y + height) * HEIGHT,
      middle: (x + wide / 2) * inner,
      centre: (y + height / 2) * HEIGHT,
      headAt: y * HEIGHT + 11,
      linesAt: y * HEIGHT + 23,
      head,
      lines,
      fill,
    });
    const boxes = BOXES.map(place);
    const arrows = ARROWS.map(([from, to]) => {
      const [a, b] = [boxes[from]!, boxes[to]!];
      return { x: a.right, y: a.centre, x2: b.left, y2: b.centre };
    });
    const [model, internals] = [boxes[2]!, boxes[8]!];
    arrows.push({ x: model.middle, y: model.bottom, x2: internals.middle, y2: internals.top });
    const scale = (field: string, size: number, reverse = false) => ({
      field,
      type: "quantitative",
      axis: null,
      scale: { domain: reverse ? [size, 0] : [0, size], nice: false, zero: false },
    });
    const x = (field: string) => scale(field, inner);
    const y = (field: string) => scale(field, HEIGHT, true);
    return {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: THEME,
      width: inner,
      height: HEIGHT,
      layer: [
        {
          data: { values: arrows },
          mark: { type: "rule", color: "#777777", strokeWidth: 0.8 },
          encoding: { x: x("x"), y: y("y"), x2: { field: "x2" }, y2: { field: "y2" } },
        },
        {
          data: { values: boxes },
          mark: { type: "rect", cornerRadius: 3, stroke: "#777777", strokeWidth: 0.6 },
          encoding: {
            x: x("left"),
            x2: { field: "right" },
            y: y("top"),
            y2: { field: "bottom" },
            color: { field: "fill", type: "nominal", scale: null, legend: null },
          },
        },
        {
          data: { values: boxes },
          mark: { type: "text", fontWeight: "bold", fontSize: 8, baseline: "middle" },
          encoding: { x: x("middle"), y: y("headAt"), text: { field: "head" } },
        },
        {
          data: {
            values: boxes.flatMap((box) =>
              box.lines.map((line, i) => ({ ...box, line, lineAt: box.linesAt + 11 * i }))
            ),
          },
          mark: { type: "text", fontSize: 7.5, baseline: "middle" },
          encoding: { x: x("middle"), y: y("lineAt"), text: { field: "line" } },
        },
      ],
    } as unknown as FigureSpec;
  },
};
