/**
 * Is GPTQ better than rounding, and SparseGPT than magnitude, on every layer of a real model? Prints the Markdown table of
 * runners/methods/README.md:
 *
 *     deno run -A tests/runners/methods/layer_errors.ts data/models/tiny-agent-l
 */
import { join, resolve } from "node:path";
import type { JsonObject } from "../../../data/types.ts";
import { calibrationFile } from "../../../runners/facts.ts";
import { doneEvent, openWorkshop } from "../python/compress_job.ts";

const TEXTS = 64;
const MAX_LENGTH = 512;

const METHODS: Record<string, [method: string, settings: JsonObject]> = {
  "GPTQ W4": ["gptq", { bits: 4 }],
  "RTN W4": ["rtn", { bits: 4 }],
  "GPTQ W3": ["gptq", { bits: 3 }],
  "RTN W3": ["rtn", { bits: 3 }],
  "SparseGPT 2:4": ["sparsegpt", { pattern: "2:4" }],
  "magnitude 2:4": ["magnitude", { pattern: "2:4" }],
  "SparseGPT 50 %": ["sparsegpt", {}],
  "SparseGPT 50 %, blocks of 512": ["sparsegpt", { blockSize: 512 }],
  "magnitude 50 %": ["magnitude", {}],
};

const PAIRS = [
  ["GPTQ W4", "RTN W4"],
  ["GPTQ W3", "RTN W3"],
  ["SparseGPT 2:4", "magnitude 2:4"],
  ["SparseGPT 50 %", "magnitude 50 %"],
  ["SparseGPT 50 %, blocks of 512", "magnitude 50 %"],
] as const;

async function main(model: string): Promise<void> {
  const workshop = await openWorkshop(model);
  const { folder } = workshop;
  const texts = (await Deno.readTextFile(calibrationFile("agentic"))).trim().split("\n");
  const file = join(folder, "calibration.jsonl");
  await Deno.writeTextFile(file, texts.slice(0, TEXTS).join("\n") + "\n");
  const ids = Object.fromEntries(Object.keys(METHODS).map((name, i) => [name, `made-${i}`]));
  const events = await workshop.compress(
    Object.entries(METHODS).map(([name, [method, settings]]) => {
      const task = workshop.task(ids[name]!, method, settings);
      const calibration = { file, samples: TEXTS, maxLength: MAX_LENGTH, seed: 0 };
      return { ...task, calibration: task.calibration && calibration };
    }),
  );
  for (const id of Object.values(ids)) doneEvent(events, id);
  const errors: Record<string, Record<string, number>> = JSON.parse(
    await workshop.script("./layer_errors.py", [folder, ...Object.values(ids)]),
  );
  const rows = PAIRS.map(([better, worse]) => {
    const [low, high] = [errors[ids[better]!]!, errors[ids[worse]!]!];
    const ratios = Object.keys(low).map((layer) => low[layer]! / high[layer]!).sort((a, b) =>
      a - b
    );
    const less = ratios.filter((ratio) => ratio < 1).length;
    const mean = Math.exp(ratios.reduce((sum, r) => sum + Math.log(r), 0) / ratios.length);
    return [
      `${better} / ${worse}`,
      `${less} of ${ratios.length}`,
      mean.toFixed(3),
      ratios[0]!.toFixed(3),
      ratios.at(-1)!.toFixed(3),
    ];
  });
  const head = ["errors of", "less on", "ratio (geometric mean)", "least", "most"];
  for (const row of [head, head.map(() => "---"), ...rows]) console.log(`| ${row.join(" | ")} |`);
  await Deno.remove(folder, { recursive: true });
}

if (import.meta.main) await main(resolve(Deno.args[0]!));
