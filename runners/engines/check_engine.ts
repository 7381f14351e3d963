import { UserError } from "../errors.ts";
import type { Experiment } from "../experiment.ts";
import { SCRIPT_ENGINES } from "../jobs.ts";
import { ENGINE_OPTIONS } from "./options.ts";

/** Keys of `engine` that only an endpoint has. */
const ENDPOINT_KEYS = ["url", "model", "api", "apiKeyVariable", "concurrency", "retries"] as const;

/**
 * What one key alone cannot show: settings of another engine, and variants that the engine cannot have.
 *
 * @param path The experiment file: for messages.
 * @throws {UserError} Naming the key, what was found, and how to mend it.
 */
export function checkEngine(experiment: Experiment, path: string): void {
  const { engine, methods } = experiment;
  if (engine.name === "endpoint") return checkEndpoint(experiment, path);
  const foreign = ENDPOINT_KEYS.find((key) => engine[key] !== undefined);
  if (foreign) {
    throw new UserError(
      `${path}, engine.${foreign}: only \`engine.name: endpoint\` has it; the engine is ${engine.name}`,
    );
  }
  const served = methods.findIndex(({ name }) => name === "served");
  if (served >= 0) {
    throw new UserError(
      `${path}, methods[${served}]: "served" is a model of an endpoint; set \`engine.name: endpoint\` and its url`,
    );
  }
  const option = Object.keys(engine.options).find((key) =>
    !ENGINE_OPTIONS[engine.name as "vllm"].includes(key)
  );
  if (option !== undefined) {
    const owner = SCRIPT_ENGINES.find((name) => ENGINE_OPTIONS[name].includes(option))!;
    throw new UserError(
      `${path}, engine.options.${option}: it is an option of ${owner}, and the engine is ${engine.name}; ` +
        `known are ${ENGINE_OPTIONS[engine.name].join(", ")}`,
    );
  }
  if (engine.name === "transformers" && engine.fallback !== "none") {
    throw new UserError(
      `${path}, engine.fallback: transformers is the engine already; leave it out`,
    );
  }
  const floor = experiment.captures.findIndex(({ noiseFloor }) => noiseFloor.length > 0);
  if (engine.name === "transformers" && floor >= 0) {
    throw new UserError(
      `${path}, captures[${floor}].noiseFloor: it compares vLLM with transformers, or with its own batches; ` +
        "transformers reads one text at a time. Set `engine.name: vllm`, or leave noiseFloor out",
    );
  }
}

function checkEndpoint({ engine, methods, models }: Experiment, path: string): void {
  if (engine.url === undefined) {
    throw new UserError(
      `${path}, engine.url is missing: the address before /chat/completions, such as http://127.0.0.1:8000/v1`,
    );
  }
  for (const [index, entry] of methods.entries()) {
    const { name, of } = entry as { name: string; of?: string };
    if (name !== "served" && name !== "none") {
      throw new UserError(
        `${path}, methods[${index}].name is "${name}": an endpoint answers with the models that it has, nothing is ` +
          "compressed for it; name each of them as `served`, or set `engine.name: vllm`",
      );
    }
    const names = models.map((model) => model.name);
    if (name === "served" && (of === undefined ? names.length > 1 : !names.includes(of))) {
      throw new UserError(
        `${path}, methods[${index}].of is ${of === undefined ? "missing" : `"${of}"`}; ` +
          `expected the model whose variant it is: ${names.join(", ")}`,
      );
    }
  }
  if (Object.keys(engine.options).length > 0 || engine.fallback !== "none") {
    throw new UserError(
      `${path}, engine: options and fallback are for engines that run here; how an endpoint computes is set there`,
    );
  }
}
