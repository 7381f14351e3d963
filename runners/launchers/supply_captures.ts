/**
 * The samples of captures, which follow what other cells make.
 *
 * @module
 */
import { readRecord } from "../../data/logs.ts";
import type { Cell } from "../../data/types.ts";
import { join } from "node:path";
import { writeCaptureSamples } from "../cells/capture_samples.ts";
import { SAMPLES, writeJsonLines } from "../cells/cell_files.ts";
import { describe, type Ledger } from "./ledger.ts";

/** What must have ended before a capture can begin: its text, and of a sketch the baseline's. */
export function followedBy({ cells }: Pick<Ledger, "cells">, { inputs, needs }: Cell): string[] {
  const text = needs.filter((id) => cells.get(id)?.kind === "evaluate");
  return inputs.compared ? [...text, inputs.compared as string] : text;
}

/** Gives the captures that follow a cell their samples; the script waits for the file. */
export async function supplyCaptures(ledger: Ledger, ended: Cell, pending: Cell[]): Promise<void> {
  for (const capture of pending) {
    if (capture.kind === "capture" && followedBy(ledger, capture).includes(ended.id)) {
      await supplyCapture(ledger, capture);
    }
  }
}

/** Gives a capture its samples, or the reason why there are none, once all that it follows has ended. */
export async function supplyCapture(ledger: Ledger, capture: Cell): Promise<void> {
  const folder = ledger.folder(capture.id);
  const followed = followedBy(ledger, capture);
  for (const id of followed.filter((id) => !ledger.done.has(id))) {
    if ((await readRecord(ledger.folder(id)))?.status !== "failed") continue;
    const error = `its ${describe(ledger.cells.get(id))} failed`;
    return await writeJsonLines(join(folder, SAMPLES), [{ error }]);
  }
  if (!followed.every((id) => ledger.done.has(id))) return;
  const count = capture.inputs.samples as number;
  await writeCaptureSamples(ledger.folder(followed[0]!), folder, count);
}
