/**
 * `deno task import FILE…`: takes over results that other tools measured.
 *
 * @module
 */
import { basename, dirname, resolve } from "node:path";
import { command, exitWith, runsOption } from "./command.ts";
import { UserError } from "./errors.ts";
import { formatTable } from "./format.ts";
import { type ImportReport, importResults } from "./imports/import_results.ts";
import type { ImportRequest } from "./imports/import_request.ts";
import { sourcesOf } from "./imports/imported_plan.ts";
import { checkName } from "./imports/check_name.ts";
import { FORMATS } from "./imports/registry.ts";
import { meansBySubtask } from "./score_file.ts";
import type { ScoreRow } from "./score_samples.ts";
import { plain } from "./shell.ts";

/** Name of the run where no other is given. */
const DEFAULT_RUN = "imported";

interface Options {
  format?: string;
  variant: string;
  benchmark?: string;
  baseline?: boolean;
  model?: string;
  title?: string;
  seed: string;
  out: string;
  runs: string;
  replace?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

const program = command(
  "import",
  "Takes over per-sample results of other evaluation tools, so that variants can be compared.",
  `
  deno task import base/samples_*.jsonl --variant base --baseline     lm-evaluation-harness, --log_samples
  deno task import int4/samples_*.jsonl --variant int4
  deno task import logs/int4.eval --variant int4 --benchmark gpqa     Inspect AI, .eval or .json
  deno task import details_*.parquet --variant int4 --out study       lighteval, --save-details
  deno task import results.jsonl --variant int4 --dry-run             NeMo Evaluator
  deno task results imported                                          differences from the baseline
`,
)
  .argument("<file...>", "per-sample result files")
  .requiredOption("--variant <id>", "the variant that was evaluated, such as int4 or qwen3/int4")
  .option("--baseline", "it is the baseline that the others are compared with")
  .option("--benchmark <name>", "name of the benchmark (default: the tool's name of the task)")
  .option("--format <name>", `${Object.keys(FORMATS).join(", ")} (default: what the file shows)`)
  .option(
    "--model <name>",
    "the model that the variants are of (default: before the variant's slash)",
  )
  .option("--title <words>", "what tables call the variant (default: its id)")
  .option("--seed <number>", "seed of the run, to import several of one variant", "0")
  .option("--out <run>", "name of the run, or path of its folder", DEFAULT_RUN)
  .option(...runsOption)
  .option("--replace", "put these results in the place of those that the run has")
  .option("--dry-run", "read and check, and write nothing")
  .option("--json", "machine-readable output")
  .action((files: string[], options: Options) => exitWith(() => importFiles(files, options)));

async function importFiles(files: string[], options: Options): Promise<number> {
  const request = requestOf(files, options);
  const named = ["deno", "task", "import", ...Deno.args];
  const report = await importResults(request, named, options.dryRun === true).catch((error) => {
    // Messages quote the files, whose text is not to reach the terminal as it is.
    throw error instanceof UserError ? new UserError(plain(error.message)) : error;
  });
  if (options.json) console.log(JSON.stringify(asJson(report), null, 2));
  else console.log(asText(report, request, options.dryRun === true));
  return 0;
}

function requestOf(files: string[], options: Options): ImportRequest {
  const { format, variant, benchmark, model, title, seed, out, runs } = options;
  for (const [name, value] of Object.entries({ variant, benchmark, model, title })) {
    if (value !== undefined) checkName(`--${name}`, value);
  }
  if (!/^\d{1,9}$/.test(seed)) {
    throw new UserError(`--seed ${seed}: expected a whole number from 0`);
  }
  const path = resolve(out);
  const place = /[/\\]/.test(out)
    ? { runs: dirname(path), run: basename(path) }
    : { runs: resolve(runs), run: out };
  if (["", ".", "..", "cells"].includes(place.run)) {
    throw new UserError(`--out ${out}: expected the name of a run, or a path that ends with one`);
  }
  return {
    files,
    format,
    variant,
    benchmark,
    model,
    title,
    seed: Number(seed),
    baseline: options.baseline === true,
    replace: options.replace === true,
    ...place,
  };
}

function asText({ plan, folder, cells }: ImportReport, request: ImportRequest, dryRun: boolean) {
  const rows = cells.flatMap(({ cell, scores, state }) =>
    meansBySubtask(scores as unknown as ScoreRow[]).map((score) => [
      plain(cell.benchmark!),
      String(cell.seed),
      plain(score.subtask),
      plain(score.metric),
      score.mean === null ? "–" : score.mean.toFixed(4),
      String(score.samples),
      String(score.missing),
      state,
    ])
  );
  const warnings = [...new Set(cells.flatMap(({ warnings }) => warnings))];
  const model = plan.variants.find(({ id }) => id === request.variant)!.model;
  const run = request.runs === resolve(runsOption[2]) ? plan.experiment : folder;
  return [
    formatTable(
      ["benchmark", "seed", "subtask", "metric", "mean", "samples", "missing", "state"],
      rows,
    ),
    ...warnings.map((warning) => `note: ${plain(warning)}`),
    ...(plan.baseline[model] === undefined
      ? [`note: model "${plain(model)}" has no baseline yet: import one with --baseline`]
      : []),
    dryRun
      ? "Nothing was written (--dry-run)."
      : `${plain(request.variant)} is in ${plain(folder)}. Next: deno task results ${plain(run)}`,
  ].join("\n");
}

function asJson({ plan, folder, cells }: ImportReport) {
  return {
    run: plan.experiment,
    folder,
    baseline: plan.baseline,
    cells: cells.map(({ cell, state, scores, warnings }) => ({
      id: cell.id,
      variant: cell.variant,
      benchmark: cell.benchmark,
      seed: cell.seed,
      state,
      sources: sourcesOf(cell),
      scores: meansBySubtask(scores as unknown as ScoreRow[]),
      warnings,
    })),
  };
}

if (import.meta.main) await program.parseAsync(Deno.args, { from: "user" });
