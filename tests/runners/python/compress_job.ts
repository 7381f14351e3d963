/** Runs `compress.py` on a small random model, for the tests. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { spectra } from "../../../data/schema.ts";
import type { JsonObject } from "../../../data/types.ts";
import { pythonPath } from "../../../runners/environment.ts";
import type { CompressJob, CompressTask, JobEvent } from "../../../runners/jobs.ts";
import { METHODS } from "../../../runners/methods/registry.ts";
import { runScript } from "./run_script.ts";

/** Linear layers of the model that `random_model.py` makes. */
export const LAYERS = [0, 1].flatMap((layer) =>
  ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj"].concat(
    ["mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"],
  ).map((name) => `model.layers.${layer}.${name}`)
);

/** Weights in those layers. */
export const WEIGHTS = 2 * (4 * 128 * 128 + 3 * 128 * 256);

/** Inputs of a layer. */
export function columns(layer: string): number {
  return layer.endsWith("down_proj") ? 256 : 128;
}

/** A folder with the model, and what was made of it. */
export interface Workshop {
  folder: string;
  /** A task of a method, with whatever else it shall say. */
  task(
    id: string,
    method: string,
    settings?: JsonObject,
    more?: Partial<CompressTask>,
  ): CompressTask;
  /** Runs the tasks in one process. */
  compress(tasks: CompressTask[]): Promise<JobEvent[]>;
  /** Runs a script of this folder and gives what it printed. */
  script(path: string, args: string[]): Promise<string>;
  /** Folder of a task's checkpoint. */
  checkpoint(id: string): string;
}

/** Makes the model in a temporary folder. @param model Folder of another one, to be used instead. */
export async function openWorkshop(model?: string): Promise<Workshop> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-compress-" });
  const python = await pythonPath();
  const script = (path: string, args: string[], onLine?: (line: string) => void) =>
    runScript(python, folder, path, args, onLine);
  if (model === undefined) await script("./random_model.py", [folder]);
  else await cp(model, join(folder, "model"), { recursive: true });
  return {
    folder,
    script,
    checkpoint: (id) => join(folder, id, "checkpoint"),
    task(id, method, settings = {}, more = {}) {
      const found = METHODS[method]!;
      const complete = found.settings.parse(settings) as JsonObject;
      return {
        id,
        model: join(folder, "model"),
        revision: null,
        trustRemoteCode: false,
        recipe: found.recipe(complete),
        checkpoint: null,
        calibration: found.needsCalibration(complete)
          ? { file: join(folder, "calibration.jsonl"), samples: 8, maxLength: 64, seed: 0 }
          : null,
        simulate: !found.engineHasKernel(complete, "cpu"),
        expect: found.expect(complete),
        out: join(folder, id),
        ...more,
      };
    },
    async compress(tasks) {
      const job: CompressJob = { threads: 1, spectra, tasks };
      await Deno.writeTextFile(join(folder, "job.json"), JSON.stringify(job));
      const events: JobEvent[] = [];
      await script("../../../runners/python/compress.py", [join(folder, "job.json")], (line) => {
        events.push(JSON.parse(line));
      });
      return events;
    },
  };
}

/** The event that ended a task well. */
export function doneEvent(events: JobEvent[], id: string) {
  const event = events.find((event) =>
    event.event !== "versions" && event.id === id &&
    (event.event === "done" || event.event === "failed")
  );
  assert.ok(event?.event === "done", JSON.stringify(event));
  return { ...event, facts: event.facts! };
}

/** Why a task failed; nothing of it may be left. */
export function failureOf(events: JobEvent[], folder: string, id: string): string {
  const event = events.find((event) => event.event === "failed" && event.id === id);
  assert.ok(event?.event === "failed", `${id} did not fail`);
  assert.ok(
    !existsSync(join(folder, id, "checkpoint")) && !existsSync(join(folder, id, "partial")),
  );
  return event.message;
}
