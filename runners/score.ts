/**
 * `deno task score CELL` and `deno task score --file completions.jsonl --benchmark B --data PATH`: scores
 * completions without a model.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { writeRows } from "../data/logs.ts";
import { scores } from "../data/schema.ts";
import { OFFICIAL_BENCHMARKS } from "./benchmarks/official_registry.ts";
import { command, exitWith, runsOption } from "./command.ts";
import { DEFAULT_EMBEDDER, embedTexts } from "./embedding/embed_texts.ts";
import { scoreWithEmbeddings } from "./embedding/score_with_embeddings.ts";
import { pythonPath } from "./environment.ts";
import { cacheFolder } from "./environment/places.ts";
import { scoreStoredEpisodes } from "./environments/score_stored_episodes.ts";
import { UserError } from "./errors.ts";
import { formatTable } from "./format.ts";
import { meansBySubtask, readCompletions, type ScoreRow, scoreSamples } from "./score_file.ts";
import { readStoredRun, scoreStoredRun } from "./score_run.ts";
import {
  exactSimilarity,
  type ScoreContext,
  type ScorerMode,
  type Similarity,
} from "./scoring/score_context.ts";
import { plain } from "./shell.ts";
import { scoreWithSegments, segmentTexts } from "./segmentation/score_with_segments.ts";

interface Options {
  runs: string;
  file?: string;
  benchmark?: string;
  data?: string;
  mode: string;
  embedder: string;
  segmenter: string;
  out?: string;
}

const program = command(
  "score",
  "Scores completions that a run stored, or that were made elsewhere; needs no model.",
  `
  deno task score 0123456789abcdef
  deno task score --file completions.jsonl --benchmark worfbench --data gold_traj
  deno task score --file completions.jsonl --benchmark teval --data teval/ --mode fixed --out scores.parquet
`,
)
  .argument("[cell]", "id of a finished evaluate cell")
  .option(...runsOption)
  .option("--file <jsonl>", 'instead of a cell: lines of {"sample_id": …, "completion": …}')
  .option("--benchmark <name>", `with --file: ${Object.keys(OFFICIAL_BENCHMARKS).join(", ")}`)
  .option("--data <path>", "the benchmark's files")
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
    await writeRows(options.out, scores, rows.map((row) => ({ ...row })));
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
  const benchmark = OFFICIAL_BENCHMARKS[options.benchmark ?? ""];
  if (benchmark === undefined) {
    const known = Object.keys(OFFICIAL_BENCHMARKS).join(", ");
    throw new UserError(`--benchmark ${options.benchmark ?? ""}: expected one of ${known}`);
  }
  if (options.data === undefined) throw new UserError(`--data: expected ${benchmark.source}`);
  const mode = modeOf(options);
  const samples = await benchmark.load(options.data);
  const completions = await readCompletions(file, samples);
  return await withHooks(
    options,
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

async function scoreCell(cell: string, options: Options): Promise<ScoreRow[]> {
  const mode = modeOf(options);
  const episodes = await scoreStoredEpisodes(options.runs, cell);
  if (episodes !== null) return episodes;
  const run = await readStoredRun(options.runs, cell, options.data);
  return await withHooks(
    options,
    (similarity, segment) => scoreStoredRun(run, { mode, similarity, segment }),
  );
}

async function withHooks<T>(
  { embedder, segmenter }: Options,
  make: (similarity: Similarity, segment: ScoreContext["segment"]) => T,
): Promise<T> {
  const score = (segment: ScoreContext["segment"]) =>
    withSimilarity(embedder, (similarity) => make(similarity, segment));
  if (segmenter === "") return await score(null);
  return await scoreWithSegments(score, (texts) => segmentTexts(texts, segmenter));
}

async function withSimilarity<T>(
  embedder: string,
  make: (similarity: Similarity) => T,
): Promise<T> {
  if (embedder === "exact") return make(exactSimilarity);
  const cache = join(cacheFolder(), "embeddings");
  return await scoreWithEmbeddings(
    (similarity) => make(similarity!),
    async (texts) => embedTexts(texts, { model: embedder, python: await pythonPath(), cache }),
  );
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
