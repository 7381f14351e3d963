import type { Cell } from "../../data/types.ts";
import { type Play, startPlay } from "../environments/play.ts";
import type { Facts } from "../facts.ts";
import type { JobEvent, TurnRequest } from "../jobs.ts";
import { finishPlay } from "./finish_play.ts";

/** The cells of a run whose episodes are played. */
export interface PlayedCells {
  /** A cell begins, or begins anew. Cells that are not played are left alone. */
  begin(cell: Cell): void;
  answer(event: JobEvent & { event: "turns" }): Promise<TurnRequest[]>;
  /** Turns what was played into the cell's logs. */
  finish(cell: Cell, folder: string): Promise<void>;
}

/** Keeps the episodes that are being played, by cell. */
export function playedCells({ environments }: Pick<Facts, "environments">): PlayedCells {
  const plays = new Map<string, Play>();
  return {
    begin({ id, kind, benchmark }) {
      const facts = environments[benchmark!];
      if (kind !== "evaluate" || !facts) return;
      const starts = facts.samples.map(({ id, gold }) => ({ id, spec: gold }));
      plays.set(id, startPlay(facts.environment, starts));
    },
    answer({ id, completions }) {
      const play = plays.get(id);
      if (!play) throw new Error(`The cell ${id} is not being played`);
      return play.next(completions);
    },
    async finish({ id, benchmark }, folder) {
      const { environment, samples } = environments[benchmark!]!;
      const trajectories = plays.get(id)!.trajectories();
      plays.delete(id);
      await finishPlay(folder, environment, samples, trajectories);
    },
  };
}
