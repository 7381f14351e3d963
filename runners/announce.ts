/**
 * What a run is about to do, told to the reader before it starts.
 *
 * @module
 */
import type { Cell } from "../data/types.ts";
import { describeNeeds, type DiskNeeds } from "./disk_space.ts";
import { type Estimate, estimateAll } from "./estimate.ts";
import { formatBytes, formatSeconds, formatTable } from "./format.ts";
import { LARGE_MODEL_ASSUMPTIONS, LARGE_PARAMETERS } from "./large_model.ts";
import { allTiers, describeTiers } from "./logits_tiers.ts";
import type { Prepared } from "./prepare.ts";
import { cellName } from "./select_cells.ts";
import type { Timings } from "./timings.ts";

type Say = (text: string) => void;

/** What is to be done, and what it will cost. */
export interface Work extends Prepared {
  /** Cells that were asked for, and of these the ones to do. */
  wanted: Cell[];
  todo: Cell[];
  /** Ids of cells with a good record. */
  done: Set<string>;
  workers: number;
  timings: Timings;
  needs: DiskNeeds;
  estimate(cell: Cell): Estimate;
}

/** Cells, seconds, bytes, in three lines. */
export function announce(work: Work, say: Say): void {
  const { experiment, facts, needs, plan, timings, todo, wanted, workers } = work;
  say(
    `${experiment.name}: ${plan.variants.length} variants, ${wanted.length} cells, ${
      wanted.length - todo.length
    } done already, ${todo.length} to do`,
  );
  if (todo.length === 0) return;
  const { seconds } = estimateAll(todo, facts, timings, workers);
  const measured = todo.filter((cell) => timings.seconds(cell) !== null).length;
  const side = workers === 1 ? "" : ` with ${workers} workers`;
  say(
    `time: about ${
      formatSeconds(seconds)
    }${side}, ${measured} of ${todo.length} cells from what the like took here`,
  );
  say(describeNeeds(needs));
  const tiers = describeTiers(todo, work.estimate);
  if (tiers !== null) say(tiers);
}

/** What is assumed, and cell by cell what is expected. */
export function explain(
  { estimate, facts, timings, todo }: Work,
  say: Say,
  withCells: boolean,
): void {
  const large = Object.values(facts.models).some((model) => model.parameters > LARGE_PARAMETERS);
  const device = facts.environment.device.split(" ")[0];
  const assumptions = [
    ...facts.assumptions ?? [],
    ...(large
      ? [`native or simulated as on this machine's ${device}`, LARGE_MODEL_ASSUMPTIONS]
      : []),
  ];
  for (const assumption of assumptions) say(`assumed: ${assumption}`);
  if (!withCells || todo.length === 0) return;
  say(byKind(todo, estimate, timings));
  say(formatTable(
    ["cell", "does", "name", "seconds", "bytes at most"],
    todo.map((cell) => {
      const { seconds, bytes } = estimate(cell);
      return [cell.id, cell.kind, cellName(cell), seconds.toFixed(1), formatBytes(bytes)];
    }),
  ));
}

function byKind(todo: Cell[], estimate: Work["estimate"], timings: Timings): string {
  const groups = Map.groupBy(todo, ({ kind, benchmark }) => `${kind} ${benchmark ?? ""}`.trim());
  const rows = [...groups].map(([work, cells]) => {
    const estimates = cells.map(estimate);
    const seconds = estimates.reduce((sum, part) => sum + part.seconds, 0);
    return [
      work,
      String(cells.length),
      String(cells.filter((cell) => timings.seconds(cell) !== null).length),
      (seconds / cells.length).toFixed(1),
      formatSeconds(seconds),
      formatBytes(estimates.reduce((sum, part) => sum + part.bytes, 0)),
    ];
  });
  return formatTable(
    ["work", "cells", "timed here", "seconds each", "together", "bytes at most"],
    rows,
  ) + "\n";
}

/** The plan for a program to read. */
export function planAsJson({ done, estimate, experiment, facts, needs, todo, wanted }: Work) {
  const { checkpoints, free, kept, logs, reclaimed } = needs;
  return {
    experiment: experiment.name,
    assumptions: facts.assumptions ?? [],
    disk: { checkpoints, free, kept, logs, reclaimed },
    logits: allTiers(todo, estimate),
    cells: wanted.map((cell) => ({
      id: cell.id,
      kind: cell.kind,
      variant: cell.variant,
      benchmark: cell.benchmark,
      done: done.has(cell.id),
      estimate: estimate(cell),
    })),
  };
}
