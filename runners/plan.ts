/**
 * From an experiment to its cells. Pure: the same experiment and facts give the same cells.
 *
 * @module
 */
import { basename } from "node:path";
import type { Plan } from "../data/logs.ts";
import { SKETCH_VERSION } from "../data/schema.ts";
import type { Calibration, Cell, Engine, Json, JsonObject, Variant } from "../data/types.ts";
import { askedInputs, planCell } from "./cells/plan_cell.ts";
import { endpointCells } from "./engines/endpoint/endpoint_cells.ts";
import type { Experiment } from "./experiment/shape.ts";
import type { Facts } from "./facts.ts";
import { formHasKernel } from "./methods/checkpoint_form.ts";
import { NOISE_FLOORS, type NoiseFloor, type ScriptEngine } from "./jobs.ts";
import type { EngineDevice } from "./methods/method.ts";
import { METHODS } from "./methods/registry.ts";

/** Plans an experiment: for each model the baseline first, then every method in the file's order. */
export function plan(experiment: Experiment, facts: Facts): Plan {
  const variants = experiment.models.flatMap((model) => variantsOf(model.name, experiment));
  const baseline: Record<string, string> = {};
  for (const { id, method, model } of variants) if (method === "none") baseline[model] ??= id;
  const whole = (cells: Cell[]): Plan => ({
    experiment: experiment.name,
    description: experiment.description.trim(),
    baseline,
    mainMetrics: mainMetricsOf(facts),
    variants,
    cells,
  });
  if (experiment.engine.name === "endpoint") {
    return whole(endpointCells(variants, experiment, facts));
  }
  const cells: Cell[] = [];
  const checkpoints = new Map<string, Cell>();
  for (const variant of variants) {
    const cell = compressCell(variant, experiment, facts);
    checkpoints.set(variant.id, cell);
    cells.push(cell);
  }
  for (const variant of variants) {
    cells.push(...evaluateCells(variant, checkpoints.get(variant.id)!, experiment, facts));
  }
  for (const variant of variants) {
    const ofBaseline = cells.filter((cell) => cell.variant === baseline[variant.model]);
    const checkpoint = checkpoints.get(variant.id)!;
    cells.push(...captureCells(variant, checkpoint, ofBaseline, experiment, facts));
  }
  for (const id of Object.values(baseline)) {
    const ofBaseline = cells.filter((cell) => cell.variant === id);
    for (const by of NOISE_FLOORS) {
      const again = baselineAgain(variants.find((variant) => variant.id === id)!, by);
      const captures = experiment.captures.filter(({ noiseFloor }) => noiseFloor.includes(by));
      if (captures.length === 0) continue;
      variants.push(again);
      const own = { ...experiment, captures };
      cells.push(...captureCells(again, checkpoints.get(id)!, ofBaseline, own, facts, by));
    }
  }
  return whole(cells);
}

function mainMetricsOf({ benchmarks, environments }: Facts): Record<string, string> {
  const asked = [
    ...Object.values(benchmarks).map(({ benchmark }) => benchmark),
    ...Object.values(environments).map(({ environment }) => environment),
  ];
  return Object.fromEntries(asked.map(({ name, mainMetric }) => [name, mainMetric]));
}

/**
 * The baseline a second time, its sums made in another order: what that alone changes is the floor under every
 * comparison. It has captures only.
 */
function baselineAgain(baseline: Variant, by: NoiseFloor): Variant {
  return {
    ...baseline,
    id: `${baseline.id}-${by}`,
    title: `Baseline, ${by.replaceAll("-", " ")}`,
    settings: { by },
  };
}

function variantsOf(model: string, experiment: Experiment): Variant[] {
  const isBaseline = ({ name, engine }: { name: string; engine?: ScriptEngine | undefined }) =>
    name === "none" && (engine ?? experiment.engine.name) === experiment.engine.name;
  const entries = [{ name: "none" }, ...experiment.methods.filter((entry) => !isBaseline(entry))];
  const variants = entries.flatMap((entry) => {
    const { name, execution, engine, models, seeds, ...settings } = entry as
      & { name: string }
      & JsonObject;
    if (models && !(models as string[]).includes(model)) return [];
    const method = METHODS[name]!;
    const complete = method.settings.parse(settings) as JsonObject;
    if (method.madeElsewhere && (complete.of ?? model) !== model) return [];
    const simulated = execution === "simulated";
    const other = (engine ?? experiment.engine.name) === experiment.engine.name ? null : engine!;
    const axis = method.needsCalibration(complete)
      ? calibrationsOf(experiment, seeds as number[] | undefined)
      : [null];
    return axis.map((calibration): Variant => {
      const [mark, note] = calibration ? calibrationMarks(calibration, experiment) : ["", ""];
      return {
        id: `${model}/${method.id(complete)}${simulated ? "-simulated" : ""}${
          other === null ? "" : `-${other}`
        }${mark}`,
        model,
        method: name,
        title: `${method.title(complete)}${simulated ? " simulated" : ""}${
          other === null ? "" : ` by ${other}`
        }${note}`,
        settings: {
          ...complete,
          ...(simulated ? { execution: "simulated" } : {}),
          ...(other === null ? {} : { engine: other }),
        },
        calibration,
      };
    });
  });
  const seen = new Map<string, Variant>();
  for (const variant of variants) seen.set(variant.id, seen.get(variant.id) ?? variant);
  return [...seen.values()];
}

/** Every combination of what the experiment lists. */
function calibrationsOf(
  { calibration }: Experiment,
  seeds = calibration.seeds,
): Calibration[] {
  return calibration.set.flatMap((set) =>
    calibration.samples.flatMap((samples) =>
      calibration.maxLength.flatMap((maxLength) =>
        seeds.map((seed) => ({ set, samples, maxLength, seed }))
      )
    )
  );
}

/**
 * What tells a calibration from the others of its experiment: the ending of the id and of the title.
 * Seeds share a title, since they are draws of one and the same.
 */
function calibrationMarks(
  { set, samples, maxLength, seed }: Calibration,
  { calibration }: Experiment,
): [mark: string, note: string] {
  const name = basename(set, ".jsonl");
  const marks: [listed: unknown[], mark: string, note: string][] = [
    [calibration.set, name.toLowerCase().replaceAll(/[^a-z0-9._]+/g, "_"), name],
    [calibration.samples, `n${samples}`, `${samples} texts`],
    [calibration.maxLength, `l${maxLength}`, `${maxLength} tokens`],
    [calibration.seeds, `c${seed}`, ""],
  ];
  const telling = marks.filter(([listed]) => listed.length > 1);
  const notes = telling.map(([, , note]) => note).filter((note) => note !== "");
  return [
    telling.map(([, mark]) => `-${mark}`).join(""),
    notes.length === 0 ? "" : ` (${notes.join(", ")})`,
  ];
}

function engineOf(variant: Variant, experiment: Experiment, { environment }: Facts): Engine {
  const { dtype, maxModelLength } = experiment.engine;
  const name = engineNameOf(variant, experiment);
  return {
    name,
    version: environment.versions[name] ?? "unknown",
    device: deviceKind(environment),
    dtype,
    maxModelLength,
  };
}

/** The engine that a variant is evaluated with. */
export function engineNameOf({ settings }: Variant, { engine }: Experiment): Engine["name"] {
  return settings.engine as ScriptEngine | undefined ?? engine.name;
}

/** Versions that decide what a script computes. */
function versionsOf({ environment }: Facts, names: string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, environment.versions[name] ?? null]));
}

function compressCell(variant: Variant, experiment: Experiment, facts: Facts): Cell {
  const method = METHODS[variant.method]!;
  const { calibration } = variant;
  const elsewhere = method.madeElsewhere && facts.elsewhere[method.id(variant.settings)]!;
  return planCell("compress", variant, { benchmark: null, seed: null, needs: [] }, {
    model: facts.models[variant.model]!.hash,
    recipe: method.recipe(variant.settings) as unknown as Json,
    expect: method.expect(variant.settings),
    // Left out where there is none, so that ids stay.
    ...(elsewhere ? { checkpoint: elsewhere.hash } : {}),
    calibration: calibration && {
      texts: facts.calibration[calibration.set]!.hash,
      samples: calibration.samples,
      maxLength: calibration.maxLength,
      seed: calibration.seed,
    },
    simulate: simulated(variant, experiment, facts),
    scripts: facts.scripts,
    versions: versionsOf(facts, ["torch", "transformers", "llmcompressor", "compressed-tensors"]),
  });
}

/** True when the engine has no kernel for what the method makes, or shall not use it. */
export function simulated(variant: Variant, experiment: Experiment, facts: Facts): boolean {
  const device = deviceKind(facts.environment);
  const method = METHODS[variant.method]!;
  if (variant.settings.execution === "simulated") return true;
  const form = method.madeElsewhere && facts.elsewhere[method.id(variant.settings)]!.form;
  if (engineNameOf(variant, experiment) === "transformers") {
    // It computes with plain weights.
    if (form !== undefined) return form !== null;
    return method.weightBits(variant.settings) < 16 ||
      !method.engineHasKernel(variant.settings, "cpu");
  }
  return form === undefined
    ? !method.engineHasKernel(variant.settings, device)
    : !formHasKernel(form, device);
}

/** The kind alone: a cell keeps its id when it moves to another machine of the same kind. */
function deviceKind({ device }: Facts["environment"]): EngineDevice {
  return device.startsWith("cuda") ? "cuda" : "cpu";
}

function evaluateCells(
  variant: Variant,
  checkpoint: Cell,
  experiment: Experiment,
  facts: Facts,
): Cell[] {
  return askedInputs(variant.model, facts).flatMap(({ benchmark, inputs }) =>
    experiment.seeds.map((seed) =>
      planCell("evaluate", variant, { benchmark, seed, needs: [checkpoint.id] }, {
        checkpoint: checkpoint.id,
        benchmark: inputs,
        temperature: experiment.temperature,
        seed,
        ...engineInputs(engineOf(variant, experiment, facts), experiment, facts),
      })
    )
  );
}

function captureCells(
  variant: Variant,
  checkpoint: Cell,
  ofBaseline: Cell[],
  experiment: Experiment,
  facts: Facts,
  by?: NoiseFloor,
): Cell[] {
  const engine = engineOf(variant, experiment, facts);
  return experiment.captures.map((capture) => {
    const { benchmark, samples, promptPositions, hiddenStates, logits } = capture;
    const seed = experiment.seeds[0]!;
    const find = (kind: Cell["kind"]) =>
      ofBaseline.find((cell) =>
        cell.kind === kind && cell.benchmark === benchmark && cell.seed === seed
      );
    const text = find("evaluate")!;
    // Without the baseline's own capture there would be nothing to compare with.
    const compared = find("capture");
    const needs = [checkpoint.id, text.id, ...(compared ? [compared.id] : [])];
    return planCell("capture", variant, { benchmark, seed, needs }, {
      checkpoint: checkpoint.id,
      text: text.id,
      samples,
      promptPositions,
      hiddenStates,
      // A sketch follows the baseline's most likely tokens.
      ...(logits === "full"
        ? {}
        : { logits, sketch: SKETCH_VERSION, compared: compared?.id ?? null }),
      ...(by ? { by } : {}),
      ...engineInputs(by === "bfloat16" ? { ...engine, dtype: by } : engine, experiment, facts),
    });
  });
}

function engineInputs(engine: Engine, experiment: Experiment, facts: Facts): JsonObject {
  return {
    engine: { ...engine },
    // Threads change the order of sums, and so the last bits.
    threads: experiment.engine.threads,
    options: engine.name === experiment.engine.name ? experiment.engine.options as JsonObject : {},
    ...(engine.name === "vllm" && experiment.engine.fallback !== "none"
      ? { fallback: experiment.engine.fallback }
      : {}),
    scripts: facts.scripts,
    versions: versionsOf(facts, ["torch", "transformers", "vllm", "compressed-tensors"]),
  };
}
