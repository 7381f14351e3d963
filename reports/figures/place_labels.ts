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

/** What labels keep away from. */
export interface Obstacles {
  /** Never covered while there is another place. */
  solid: Box[];
  /** Error bars: covered rather than going far. */
  thin: Box[];
}

/** Where a label goes, and whether it stands so far off that it needs a line to its point. */
export interface Placed {
  left: number;
  /** Middle of the text's height. */
  middle: number;
  leader: boolean;
}

/** A place for a label. */
interface Spot {
  box: Box;
  distance: number;
  /** Cost that no other label changes. */
  cost: number;
}

/** Space between a point's centre and its label. */
const GAP = 4;
/** How far a label may move from its point. */
const FARTHEST = 120;
const STEP = 4;
const ANGLES = 24;
/** What covering costs, in pt of distance. */
const SOLID_COST = 1000;
const THIN_COST = 25;
/** What it costs to stand nearer to another point than to one's own, or behind another as seen from there. */
const MISLEADING_COST = 60;

/**
 * Places labels one after another, each where distance and what it covers are least. As the first ones
 * take the best places, several orders are tried and the best whole is kept.
 *
 * @param frame The panel that labels stay inside.
 */
export function placeLabels(points: Labelled[], frame: Box, obstacles: Obstacles): Placed[] {
  const spots = points.map((point) =>
    candidates(point).filter(({ box }) => inside(box, frame)).map((spot) => ({
      ...spot,
      cost: spot.distance + THIN_COST * covered(spot.box, obstacles.thin) +
        (misleads(spot.box, point, points) ? MISLEADING_COST : 0) +
        (crossesMarker(spot.box, point, obstacles.solid) ? MISLEADING_COST : 0),
    }))
  );
  let best: { chosen: Spot[]; cost: number } | null = null;
  for (const order of orders(points)) {
    const tried = placeInOrder(spots, order, obstacles.solid);
    if (best === null || tried.cost < best.cost) best = tried;
  }
  return (best?.chosen ?? []).map(({ box, distance }) => ({
    left: box.left,
    middle: (box.top + box.bottom) / 2,
    leader: distance > STEP,
  }));
}

/** From the left, from the right, and the order given, begun at each point. */
function orders(points: Labelled[]): number[][] {
  const given = points.map((_, index) => index);
  const fromLeft = given.toSorted((a, b) => points[a]!.x - points[b]!.x || a - b);
  return [
    fromLeft,
    fromLeft.toReversed(),
    ...given.map((first) => [...given.slice(first), ...given.slice(0, first)]),
  ];
}

function placeInOrder(spots: Spot[][], order: number[], solid: Box[]) {
  const taken = [...solid];
  const chosen: Spot[] = [];
  let cost = 0;
  for (const index of order) {
    let best: Spot | null = null, least = Infinity;
    for (const spot of spots[index]!) {
      // Spots come nearest first: no later one can be cheaper than its distance.
      if (spot.distance >= least) break;
      const price = spot.cost + SOLID_COST * covered(spot.box, taken);
      if (price < least) [best, least] = [spot, price];
    }
    if (best === null) throw new RangeError("A label is wider than the panel");
    chosen[index] = best;
    taken.push(best.box);
    cost += least;
  }
  return { chosen, cost };
}

/** Spots around a point, the nearest first; of equally near ones the right one first. */
function candidates({ x, y, width, height }: Labelled): Omit<Spot, "cost">[] {
  const spots: Omit<Spot, "cost">[] = [];
  for (let distance = 0; distance <= FARTHEST; distance += STEP) {
    for (let turn = 0; turn < ANGLES; turn++) {
      const angle = (turn % 2 === 0 ? 1 : -1) * Math.ceil(turn / 2) * 2 * Math.PI / ANGLES;
      const middleX = x + Math.cos(angle) * (GAP + distance + width / 2);
      const middleY = y + Math.sin(angle) * (GAP + distance + height / 2);
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

function misleads(box: Box, own: Labelled, points: Labelled[]): boolean {
  const away = ({ x, y }: Labelled) =>
    Math.hypot(
      Math.max(box.left - x, 0, x - box.right),
      Math.max(box.top - y, 0, y - box.bottom),
    );
  const distance = away(own);
  return points.some((point) => point !== own && away(point) <= distance);
}

/** True when the line from the point to its label goes through another point's marker. */
function crossesMarker(box: Box, { x, y }: Labelled, markers: Box[]): boolean {
  const toX = Math.min(Math.max(x, box.left), box.right) - x;
  const toY = Math.min(Math.max(y, box.top), box.bottom) - y;
  const steps = Array.from({ length: 9 }, (_, i) => (i + 1) / 10);
  return markers.some(({ left, top, right, bottom }) => {
    const holds = (px: number, py: number) => px > left && px < right && py > top && py < bottom;
    return !holds(x, y) && steps.some((step) => holds(x + step * toX, y + step * toY));
  });
}

function covered(box: Box, others: Box[]): number {
  let count = 0;
  for (const other of others) if (overlap(box, other)) count++;
  return count;
}

/** True when two boxes share area. */
export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function inside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top &&
    box.bottom <= frame.bottom;
}
