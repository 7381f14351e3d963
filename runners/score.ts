/**
 * `deno task score CELL` and `deno task score --file completions.jsonl --benchmark B --data PATH`: scores
 * completions without a model.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRows } from "../data/logs.ts";
import { scores } from "../data/schema.ts";
import type { JsonObject } from "../data/types.ts";
import type { Benchmark } from "./benchmarks/benchmark.ts";
import { BENCHMARKS } from "./benchmarks/registry.ts";
import { command, exitWith, runsOption } from "./command.ts";
import { DEFAULT_EMBEDDER } from "./embedding/embed_texts.ts";
import { scoreStoredEpisodes } from "./environments/score_stored_episodes.ts";
import { UserError } from "./errors.ts";
import { closest } from "./experiment/closest.ts";
import { formatTable } from "./format.ts";
import { meansBySubtask, readCompletions } from "./score_file.ts";
import { readStoredRun, scoreStoredRun } from "./score_run.ts";
import { type ScoreRow, scoreSamples } from "./score_samples.ts";
import type { ScorerMode } from "./scoring/score_context.ts";
import { type ScoringHooks, withHooks } from "./scoring_hooks.ts";
import { plain } from "./shell.ts";
import { readTokenizer } from "./tokenizer.ts";

interface Options {
  runs: string;
  file?: string;
  benchmark?: string;
  data?: string;
  mode: string;
  embedder: string;
  segmenter: string;
  tokenizer?: string;
  options?: string;
  out?: string;
}

const program = command(
  "score",
  "Scores completions that a run stored, or that were made elsewhere; needs no model.",
  `
  deno task score 0123456789abcdef
  deno task score --file completions.jsonl --benchmark worfbench --data gold_traj
  deno task score --file completions.jsonl --benchmark teval --data teval/ --mode fixed --out scores.parquet
  deno task score --file episodes.jsonl --benchmark webshop
`,
)
  .argument("[cell]", "id of a finished evaluate cell")
  .option(...runsOption)
  .option("--file <jsonl>", 'instead of a cell: lines of {"sample_id": …, "completion": …}')
  .option("--benchmark <name>", `with --file: ${Object.keys(BENCHMARKS).join(", ")}`)
  .option("--data <path>", "the benchmark's files where they are not the project's own")
  .option("--mode <mode>", "upstream or fixed", "upstream")
  .option(
    "--embedder <model>",
    `${DEFAULT_EMBEDDER}, the folder of a sentence-transformers model, or exact (1 for equal texts)`,
    DEFAULT_EMBEDDER,
  )
  .option(
    "--segmenter <python>",
    "a Python that has jieba 0.42.1, for LongBench's Chinese sets (null without it)",
    "",
  )
  .option("--tokenizer <folder>", "the model's folder, for benchmarks with lengths in tokens")
  .option("--options <json>", "the benchmark's options, as in an experiment")
  .option("--out <parquet>", "scores log to write")
  .action((cell: string | undefined, options: Options) => exitWith(() => score(cell, options)));

async function score(cell: string | undefined, options: Options): Promise<number> {
  if ((cell === undefined) === (options.file === undefined)) {
    throw new UserError("give either a cell or --file (deno task score --help shows examples)");
  }
  const rows = cell === undefined
    ? await scoreFile(options.file!, options)
    : await scoreCell(cell, options);
  if (options.out !== undefined) {
    await Deno.mkdir(dirname(options.out), { recursive: true });
    await writeRows(options.out, scores, rows);
  }
  const means = meansBySubtask(rows).map(({ mean, metric, missing, samples, subtask }) => [
    subtask,
    metric,
    mean === null ? "–" : mean.toFixed(4),
    String(samples),
    String(missing),
  ]);
  console.log(formatTable(["subtask", "metric", "mean", "samples", "missing"], means));
  for (const [reason, count] of countReasons(rows)) {
    console.log(`${count} scores missing: ${plain(reason)}`);
  }
  return 0;
}

function countReasons(rows: readonly ScoreRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { reason } of rows) {
    if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}

function modeOf({ mode }: Options): ScorerMode {
  if (mode === "upstream" || mode === "fixed") return mode;
  throw new UserError(`--mode ${mode}: expected upstream or fixed`);
}

async function scoreFile(file: string, options: Options): Promise<ScoreRow[]> {
  const benchmark = BENCHMARKS[options.benchmark ?? ""];
  if (benchmark === undefined) {
    const known = Object.keys(BENCHMARKS);
    const guess = closest(options.benchmark ?? "", known);
    throw new UserError(
      `--benchmark ${options.benchmark ?? ""}: expected one of ${known.join(", ")}${
        guess === null ? "" : `; did you mean "${guess}"?`
      }`,
    );
  }
  const mode = modeOf(options);
  const samples = await benchmark.load(dataOf(benchmark, file, options), {
    tokenizer: options.tokenizer === undefined ? null : await readTokenizer(options.tokenizer),
    options: optionsOf(benchmark, options.options),
  });
  const completions = await readCompletions(file, samples, benchmark);
  return await withHooks(
    hooksOf(options),
    (similarity, segment) =>
      scoreSamples(
        benchmark,
        samples,
        completions,
        { mode, similarity, segment },
        options.embedder,
      ),
  );
}

/** Episodes may carry their goals with them: then their file is the benchmark's data too. */
function dataOf(benchmark: Benchmark, file: string, { data }: Options): string {
  if (data !== undefined) return data;
  if (benchmark.data !== null) return fileURLToPath(benchmark.data);
  if (benchmark.goalsInEpisodes) return file;
  throw new UserError(`--data: expected ${benchmark.source}`);
}

function optionsOf(benchmark: Benchmark, text: string | undefined): JsonObject {
  if (text === undefined) return {};
  if (benchmark.options === undefined) {
    throw new UserError(`--options: ${benchmark.name} has none`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`--options: not JSON (${(cause as Error).message})`, { cause });
  }
  const result = benchmark.options.safeParse(value);
  if (result.success) return result.data;
  const { message, path } = result.error.issues[0]!;
  throw new UserError(`--options, ${path.join(".") || "the whole"}: ${message}`);
}

async function scoreCell(cell: string, options: Options): Promise<ScoreRow[]> {
  const mode = modeOf(options);
  const episodes = await scoreStoredEpisodes(options.runs, cell);
  if (episodes !== null) return episodes;
  const run = await readStoredRun(options.runs, cell, options.data);
  return await withHooks(
    hooksOf(options),
    (similarity, segment) => scoreStoredRun(run, { mode, similarity, segment }, options.embedder),
  );
}

function hooksOf({ embedder, segmenter }: Options): ScoringHooks {
  return { embedder, segmenter: segmenter === "" ? null : segmenter };
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
