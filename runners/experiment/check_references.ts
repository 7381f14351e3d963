/**
 * What no key of an experiment shows by itself.
 *
 * @module
 */
import { BENCHMARKS } from "../benchmarks/registry.ts";
import { checkEngine } from "../engines/check_engine.ts";
import { UserError } from "../errors.ts";
import { METHODS } from "../methods/registry.ts";
import type { Experiment } from "./shape.ts";

/**
 * Refuses names that stand twice, captures of benchmarks that are not run, methods of unknown models and the like.
 *
 * @param path Of the file, for messages.
 * @throws {UserError} Naming the first that does not fit, with what was expected.
 */
export function checkReferences(experiment: Experiment, path: string): void {
  checkElsewhere(experiment, path);
  checkMethodModels(experiment, path);
  checkEngine(experiment, path);
  refuseTwice(path, "models", experiment.models.map(({ name }) => name));
  refuseTwice(path, "benchmarks", experiment.benchmarks.map(({ name }) => name));
  refuseTwice(path, "captures", experiment.captures.map(({ benchmark }) => benchmark));
  const run = new Set(experiment.benchmarks.map(({ name }) => name));
  const foreign = experiment.captures.find(({ benchmark }) => !run.has(benchmark));
  if (foreign) {
    throw new UserError(
      `${path}, captures: "${foreign.benchmark}" is not among the benchmarks (${
        [...run].join(", ")
      }); a capture follows the baseline's answers to it`,
    );
  }
  const { dtype } = experiment.engine;
  const pointless = experiment.captures.findIndex(({ noiseFloor }) =>
    noiseFloor.some((floor) => floor === dtype)
  );
  if (pointless >= 0) {
    throw new UserError(
      `${path}, captures[${pointless}].noiseFloor: "${dtype}" is the engine's own dtype; expected another ` +
        "precision to compare it with: leave it out, or set engine.dtype to float32",
    );
  }
  for (const { data, name } of experiment.benchmarks) {
    // Environments bring their episodes along.
    const benchmark = BENCHMARKS[name];
    if (data === undefined && benchmark?.data === null) {
      throw new UserError(
        `${path}, benchmarks: "${name}" needs \`data\`: none of it comes with the project; ${benchmark.source}`,
      );
    }
  }
}

/** A checkpoint that was made elsewhere belongs to one model. */
function checkElsewhere(experiment: Experiment, path: string): void {
  const models = experiment.models.map(({ name }) => name);
  for (const [index, entry] of experiment.methods.entries()) {
    if (!METHODS[entry.name]!.madeElsewhere) continue;
    const { of } = entry as { of?: string };
    if (of === undefined ? models.length > 1 : !models.includes(of)) {
      const found = of === undefined ? "missing" : `"${of}"`;
      throw new UserError(
        `${path}, methods[${index}].of is ${found}; expected the model whose variant it is: ${
          models.join(", ")
        }`,
      );
    }
  }
}

function checkMethodModels({ methods, models }: Experiment, path: string): void {
  const known = models.map(({ name }) => name);
  for (const [index, entry] of methods.entries()) {
    const unknown = modelsOf(entry)?.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new UserError(
        `${path}, methods[${index}].models names "${unknown}"; expected some of ${
          known.join(", ")
        }`,
      );
    }
  }
}

/** Names of the models that a method is for; undefined when it is for all. */
function modelsOf(entry: Experiment["methods"][number]): string[] | undefined {
  return (entry as { models?: string[] }).models;
}

function refuseTwice(path: string, key: string, names: string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UserError(`${path}, ${key}: "${twice}" stands twice`);
}
