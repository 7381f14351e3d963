import type { Cell } from "../../data/types.ts";
import type { Sample } from "../benchmarks/benchmark.ts";
import type { Environment } from "../environments/environment.ts";
import { isEnvironment } from "../environments/is_environment.ts";
import { type Play, startPlay } from "../environments/play.ts";
import type { BenchmarkFacts, Facts } from "../facts.ts";
import type { JobEvent, TurnRequest } from "../jobs.ts";
import { finishEvaluate } from "./finish_evaluate.ts";
import { finishPlay } from "./finish_play.ts";

/** The evaluate cells of a run, those that are played among them. */
export interface PlayedCells {
  /** A cell that is played begins, or begins anew. */
  begin(cell: Cell): void;
  answer(event: JobEvent & { event: "turns" }): Promise<TurnRequest[]>;
  /** Turns what the script left of an evaluate cell into its logs. */
  finish(cell: Cell, folder: string): Promise<void>;
}

/** Keeps the episodes of the cells that are being played. */
export function playCells({ benchmarks }: Pick<Facts, "benchmarks">): PlayedCells {
  const plays = new Map<string, Play>();
  return {
    begin(cell) {
      const played = environmentOf(cell, benchmarks);
      if (played) {
        const { environment, samples } = played;
        plays.set(
          cell.id,
          startPlay(environment, samples.map(({ id, gold }) => ({ id, spec: gold }))),
        );
      }
    },
    answer(event) {
      const play = plays.get(event.id);
      if (!play) throw new Error(`Cell ${event.id} is not played`);
      return play.next(event.completions);
    },
    async finish(cell, folder) {
      const played = environmentOf(cell, benchmarks);
      if (played) {
        const trajectories = plays.get(cell.id)!.trajectories();
        plays.delete(cell.id);
        await finishPlay(folder, played.environment, played.samples, trajectories);
      } else {
        const { benchmark, samples } = benchmarks[cell.benchmark!]!;
        if (!isEnvironment(benchmark)) await finishEvaluate(folder, benchmark, samples);
      }
    },
  };
}

function environmentOf(
  cell: Cell,
  benchmarks: Record<string, BenchmarkFacts>,
): { environment: Environment; samples: Sample[] } | null {
  if (cell.kind !== "evaluate") return null;
  const { benchmark, samples } = benchmarks[cell.benchmark!]!;
  return isEnvironment(benchmark) ? { environment: benchmark, samples } : null;
}
