/**
 * `deno task suites [--out DIR] [--train N] [--calibration N]`: writes the test and calibration files of
 * our own suites, and N conversations of each suite to train on, or to check a training with.
 *
 * @module
 */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildSuites, conversations } from "./build_suites.ts";
import { jsonLines } from "./json_lines.ts";
import { suites } from "./registry.ts";

const USAGE = `Usage: deno task suites [--out DIR] [--train N] [--calibration N]
  --out DIR         folder to write to (default: data/suites)
  --train N         also write N conversations of each suite to DIR/generated/train/SUITE.jsonl
  --calibration N   the same of the calibration split, to DIR/generated/calibration/SUITE.jsonl

Examples:
  deno task suites
  deno task suites --train 12000 --calibration 200`;

const SPLITS = ["train", "calibration"] as const;

/** Writes the suites and returns the exit code: 0, or 2 for a mistake in the arguments. */
export async function main(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const files = buildSuites();
  for (const split of SPLITS) {
    if (options[split] === 0) continue;
    for (const name of Object.keys(suites)) {
      const content = jsonLines(conversations(name, split, options[split]));
      files.set(`generated/${split}/${name}.jsonl`, content);
    }
  }
  for (const [name, content] of files) {
    await writeAtomically(join(options.out, name), content);
    console.log(`${join(options.out, name)}: ${(content.length / 1e6).toFixed(2)} MB`);
  }
  return 0;
}

interface Options {
  out: string;
  train: number;
  calibration: number;
}

function parseOptions(args: string[]): Options {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args, options: { out: text, train: text, calibration: text } });
  return {
    out: values.out ?? import.meta.dirname ?? ".",
    train: count("--train", values.train),
    calibration: count("--calibration", values.calibration),
  };
}

function count(option: string, value = "0"): number {
  if (!/^\d{1,7}$/.test(value)) {
    throw new Error(
      `${option} takes a number of conversations from 0 to 9999999, but got "${value}"`,
    );
  }
  return Number(value);
}

async function writeAtomically(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  const file = await open(partial, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
