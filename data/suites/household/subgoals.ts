/**
 * How far an episode has come.
 *
 * @module
 */
import type { Item, World } from "./world.ts";

/** Told of what happens; a subgoal that was reached stays reached. */
export interface Subgoals {
  see(items: readonly Item[]): void;
  take(item: Item): void;
  treat(item: Item): void;
  /** @param there What lies in the target now. */
  put(there: readonly Item[]): void;
  /** @param held What is held under the lamp. */
  light(held: readonly Item[]): void;
  /** Share of the subgoals reached, 0 to 1; 1 is success. */
  progress(): number;
}

const STATES: Partial<Record<string, (item: Item) => boolean>> = {
  clean: (item) => item.clean,
  heat: (item) => item.heat === "hot",
  cool: (item) => item.heat === "cool",
};

/**
 * Watches an episode. Every object that is wanted is to be seen, taken, treated where the goal says so, and
 * put in the target or held under the lamp. This last subgoal needs all wanted objects there at the
 * same time, in the state that is asked for, to count in full.
 */
export function trackSubgoals({ goal, object, contents }: World): Subgoals {
  const wanted = new Set([...contents.values()].flat().filter(({ kind }) => kind === object));
  const fits = STATES[goal];
  const seen = new Set<Item>();
  const taken = new Set<Item>();
  const treated = new Set<Item>();
  let brought = 0;

  function bring(items: readonly Item[]): void {
    const count = items.filter((item) => wanted.has(item) && (fits?.(item) ?? true)).length;
    brought = Math.max(brought, count);
  }

  return {
    see: (items) => items.filter((item) => wanted.has(item)).forEach((item) => seen.add(item)),
    take: (item) => void (wanted.has(item) && taken.add(item)),
    treat: (item) => void (wanted.has(item) && fits?.(item) && treated.add(item)),
    put: (there) => void (goal !== "examine" && bring(there)),
    light: (held) => void (goal === "examine" && bring(held)),
    progress: () =>
      (seen.size + taken.size + treated.size + brought) / (wanted.size * (fits ? 4 : 3)),
  };
}
