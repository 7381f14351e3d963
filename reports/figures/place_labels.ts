/**
 * Labels beside points, without overlap.
 *
 * @module
 */

/** A rectangle in pt, y downwards. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A point to label, with the size of its text. */
export interface Labelled {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a label goes, and whether it stands so far off that it needs a line to its point. */
export interface Placed {
  left: number;
  /** Middle of the text's height. */
  middle: number;
  leader: boolean;
}

/** Space between a point's centre and its label. */
const GAP = 4;
/** How far a label may move from its point. */
const FARTHEST = 90;
const STEP = 4;
const ANGLES = 24;

/**
 * Places labels one after another, each at the nearest free spot around its point. A label may cross an
 * obstacle or another label only if no spot within reach is free.
 *
 * @param points Points in pt, the most crowded best first.
 * @param frame The panel that labels stay inside.
 * @param obstacles What labels keep away from: markers and error bars.
 */
export function placeLabels(points: Labelled[], frame: Box, obstacles: Box[]): Placed[] {
  const taken = [...obstacles];
  return points.map((point) => {
    const free = candidates(point).filter(({ box }) => inside(box, frame));
    const best = free.find(({ box }) => !taken.some((other) => overlap(box, other))) ??
      least(free, taken);
    taken.push(best.box);
    return {
      left: best.box.left,
      middle: (best.box.top + best.box.bottom) / 2,
      leader: best.distance > 2 * STEP,
    };
  });
}

/** Spots around a point, the nearest first; of equally near ones the right one first. */
function candidates({ x, y, width, height }: Labelled): { box: Box; distance: number }[] {
  const spots: { box: Box; distance: number }[] = [];
  for (let distance = 0; distance <= FARTHEST; distance += STEP) {
    for (let turn = 0; turn < ANGLES; turn++) {
      const angle = (turn % 2 === 0 ? 1 : -1) * Math.ceil(turn / 2) * 2 * Math.PI / ANGLES;
      const dx = Math.cos(angle), dy = Math.sin(angle);
      const middleX = x + dx * (GAP + distance + width / 2);
      const middleY = y + dy * (GAP + distance + height / 2);
      spots.push({
        distance,
        box: {
          left: middleX - width / 2,
          right: middleX + width / 2,
          top: middleY - height / 2,
          bottom: middleY + height / 2,
        },
      });
    }
  }
  return spots;
}

function least(spots: { box: Box; distance: number }[], taken: Box[]) {
  const crossings = (box: Box) => taken.filter((other) => overlap(box, other)).length;
  const [first, ...rest] = spots;
  if (!first) throw new RangeError("A label is wider than the panel");
  return rest.reduce(
    (best, spot) => crossings(spot.box) < crossings(best.box) ? spot : best,
    first,
  );
}

/** True when two boxes share area. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function inside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top &&
    box.bottom <= frame.bottom;
}
