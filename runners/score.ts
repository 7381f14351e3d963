/**
 * `deno task score --file completions.jsonl --benchmark B --data PATH`: scores completions without a model.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { writeRows } from "../data/logs.ts";
import { scores } from "../data/schema.ts";
import { OFFICIAL_BENCHMARKS } from "./benchmarks/official_registry.ts";
import { command, exitWith } from "./command.ts";
import { DEFAULT_EMBEDDER, embedTexts } from "./embedding/embed_texts.ts";
import { scoreWithEmbeddings } from "./embedding/score_with_embeddings.ts";
import { pythonPath } from "./environment.ts";
import { cacheFolder } from "./environment/places.ts";
import { UserError } from "./errors.ts";
import { formatTable } from "./format.ts";
import { meansBySubtask, readCompletions, scoreSamples } from "./score_file.ts";
import { exactSimilarity, type ScorerMode, type Similarity } from "./scoring/score_context.ts";

interface Options {
  file: string;
  benchmark: string;
  data: string;
  mode: string;
  embedder: string;
  out?: string;
}

const program = command(
  "score",
  "Scores completions of an official benchmark that were made elsewhere; needs no model.",
  `
  deno task score --file completions.jsonl --benchmark worfbench --data gold_traj
  deno task score --file completions.jsonl --benchmark teval --data teval/ --mode fixed --out scores.parquet
`,
)
  .requiredOption("--file <jsonl>", 'lines of {"sample_id": …, "completion": …}')
  .requiredOption("--benchmark <name>", Object.keys(OFFICIAL_BENCHMARKS).join(", "))
  .requiredOption("--data <path>", "the benchmark's official files")
  .option("--mode <mode>", "upstream or fixed", "upstream")
  .option(
    "--embedder <model>",
    `${DEFAULT_EMBEDDER}, the folder of a sentence-transformers model, or exact (1 for equal texts)`,
    DEFAULT_EMBEDDER,
  )
  .option("--out <parquet>", "scores log to write")
  .action((options: Options) => exitWith(() => score(options)));

async function score(options: Options): Promise<number> {
  const { benchmark: name, mode } = options;
  const benchmark = OFFICIAL_BENCHMARKS[name];
  if (benchmark === undefined) {
    const known = Object.keys(OFFICIAL_BENCHMARKS).join(", ");
    throw new UserError(`--benchmark ${name}: expected one of ${known}`);
  }
  if (mode !== "upstream" && mode !== "fixed") {
    throw new UserError(`--mode ${mode}: expected upstream or fixed`);
  }
  const samples = await benchmark.load(options.data);
  const completions = await readCompletions(options.file, samples);
  const rows = await withSimilarity(options.embedder, (similarity) => {
    const context = { mode: mode as ScorerMode, similarity, segment: null };
    return scoreSamples(benchmark, samples, completions, context, options.embedder);
  });
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
  return 0;
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
