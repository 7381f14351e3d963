/**
 * Moves places apart that would fall on one another.
 *
 * @module
 */

/**
 * Places at least `distance` apart: each crowd is spread evenly around its middle, in the order of the
 * places (of equal ones, in the order given).
 *
 * @param places Coordinates in pt.
 * @returns The moved coordinates, in the order given.
 */
export function sideBySide(places: readonly number[], distance: number): number[] {
  interface Crowd {
    members: number[];
    middle: number;
  }
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]! || a - b);
  const crowds: Crowd[] = [];
  for (const index of order) {
    crowds.push({ members: [index], middle: places[index]! });
    // A crowd that grows may reach its neighbour: they become one.
    while (crowds.length > 1) {
      const [left, right] = crowds.slice(-2) as [Crowd, Crowd];
      const halves = (left.members.length + right.members.length) / 2 * distance;
      if (right.middle - left.middle >= halves) break;
      const members = [...left.members, ...right.members];
      const middle = members.reduce((sum, member) => sum + places[member]!, 0) / members.length;
      crowds.splice(-2, 2, { members, middle });
    }
  }
  const moved = [...places];
  for (const { members, middle } of crowds) {
    members.forEach((member, turn) => {
      moved[member] = middle + (turn - (members.length - 1) / 2) * distance;
    });
  }
  return moved;
}
