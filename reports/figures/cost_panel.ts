/**
 * Panels of scores against a cost on a logarithmic axis: scales, ticks and labels.
 *
 * @module
 */
import { bytes } from "../../analysis/numbers.ts";
import { textWidth } from "../render/text_width.ts";
import { type Box, type Obstacles, placeLabels } from "./place_labels.ts";

/** Font size of the labels. */
export const LABEL_SIZE = 7;
/** Half the side of a marker's box, with a little air. */
export const MARKER = 3;

/** One point: what it costs and its score with an interval. */
export interface Point {
  cost: number;
  mean: number;
  low: number;
  high: number;
}

/** A mapping from values to pt and back. */
export interface Scale {
  domain: [number, number];
  ticks: number[];
  toPt(value: number): number;
  toValue(pt: number): number;
}

/**
 * A logarithmic scale of costs that leaves room beside the outer points.
 *
 * @param ticks Gives round values between two, at most so many.
 */
export function costScale(
  points: { cost: number }[],
  width: number,
  [leftRoom, rightRoom]: readonly [number, number],
  ticks: (from: number, to: number, most: number) => number[] = byteTicks,
): Scale {
  const logs = points.map((point) => Math.log(point.cost));
  const least = Math.min(...logs), most = Math.max(...logs);
  // Some width where all points lie on one value.
  const spread = Math.max(most - least, 0.2);
  const perPt = spread / (width - leftRoom - rightRoom);
  const from = least - leftRoom * perPt, to = from + width * perPt;
  return {
    domain: [Math.exp(from), Math.exp(to)],
    ticks: ticks(Math.exp(from), Math.exp(to), Math.floor(width / TICK_ROOM)),
    toPt: (value) => (Math.log(value) - from) / (to - from) * width,
    toValue: (pt) => Math.exp(from + pt / width * (to - from)),
  };
}

/** Room for a label on the axis of bytes. */
const TICK_ROOM = 32;

/** `1.5 MB`, not `1.50 MB`. */
export function byteLabel(tick: number): string {
  return bytes(tick).replace(/(\.\d*?)0+ /, "$1 ").replace(". ", " ");
}

/** Round byte counts, a few of them: 1, 1.5, 2, 3, 5 or 7 times a power of ten. */
function byteTicks(from: number, to: number, most: number): number[] {
  const all: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    for (const digit of [1, 1.5, 2, 3, 5, 7]) all.push(digit * 10 ** power);
  }
  const within = all.filter((tick) => tick >= from && tick <= to);
  const every = Math.ceil(within.length / most);
  return within.filter((_, index) => index % every === 0);
}

/** A score lies in [0, 1]; a little more keeps markers at the ends whole. */
export function scoreScale(height: number): Scale {
  const from = -0.06, to = 1.06;
  return {
    domain: [from, to],
    ticks: [],
    toPt: (value) => (to - value) / (to - from) * height,
    toValue: (pt) => to - pt / height * (to - from),
  };
}

/**
 * Places a label beside each point.
 *
 * @param all The points that labels keep away from.
 * @param lines What else they keep away from, as from bars.
 */
export function labelsOf<Named extends Point & { title: string }>(
  points: Named[],
  x: Scale,
  y: Scale,
  width: number,
  height: number,
  all: Point[],
  lines: Box[],
) {
  const obstacles: Obstacles = {
    solid: all.map((point) => {
      const px = x.toPt(point.cost), py = y.toPt(point.mean);
      return { left: px - MARKER, right: px + MARKER, top: py - MARKER, bottom: py + MARKER };
    }),
    thin: [
      ...lines,
      ...all.map((point) => {
        const px = x.toPt(point.cost);
        return { left: px - 1, right: px + 1, top: y.toPt(point.high), bottom: y.toPt(point.low) };
      }),
    ],
  };
  const sizes = points.map((point) => ({
    x: x.toPt(point.cost),
    y: y.toPt(point.mean),
    width: textWidth(point.title, LABEL_SIZE) + 2,
    height: LABEL_SIZE + 0.5,
  }));
  const frame = { left: 1, top: 1, right: width - 1, bottom: height - 1 };
  return placeLabels(sizes, frame, obstacles).map(({ left, middle, leader }, index) => {
    const point = points[index]!, size = sizes[index]!;
    // The line ends at the label's nearest edge.
    const near = Math.min(Math.max(size.x, left), left + size.width);
    const edge = size.y < middle - size.height / 2
      ? middle - size.height / 2
      : size.y > middle + size.height / 2
      ? middle + size.height / 2
      : middle;
    return {
      ...point,
      labelCost: x.toValue(left + 1),
      labelScore: y.toValue(middle),
      nearCost: x.toValue(near),
      nearScore: y.toValue(edge),
      leader,
    };
  });
}
