import { UserError } from "../errors.ts";
import { SCRIPT_ENGINES, type ScriptEngine } from "../jobs.ts";
import { ENGINE_OPTIONS } from "./options.ts";

/** Keys of `engine` that only an endpoint has. */
const ENDPOINT_KEYS = [
  ...["url", "model", "api", "apiKeyVariable", "concurrency", "retries", "timeoutSeconds"] as const,
];

/** The parts of an experiment that are looked at. */
interface Checked {
  engine:
    & { name: ScriptEngine | "endpoint"; fallback: string; options: object }
    & { [key in (typeof ENDPOINT_KEYS)[number]]?: unknown };
  methods: { name: string }[];
  models: { name: string; path?: string | undefined; hub?: string | undefined }[];
  captures: { noiseFloor: readonly string[] }[];
}

/**
 * What one key alone cannot show: settings of another engine, and variants that the engine cannot have.
 *
 * @param path The experiment file: for messages.
 * @throws {UserError} Naming the key, what was found, and how to mend it.
 */
export function checkEngine(experiment: Checked, path: string): void {
  const { engine, methods } = experiment;
  if (engine.name === "endpoint") return checkEndpoint(experiment, path);
  const foreign = ENDPOINT_KEYS.find((key) => engine[key] !== undefined);
  if (foreign) {
    throw new UserError(
      `${path}, engine.${foreign}: only \`engine.name: endpoint\` has it; the engine is ${engine.name}`,
    );
  }
  const nowhere = experiment.models.find(({ hub, path }) =>
    path === undefined && hub === undefined
  );
  if (nowhere) {
    throw new UserError(
      `${path}, models: "${nowhere.name}" has neither \`path\` nor \`hub\`, which ${engine.name} needs`,
    );
  }
  const served = methods.findIndex(({ name }) => name === "served");
  if (served >= 0) {
    throw new UserError(
      `${path}, methods[${served}]: "served" is a model of an endpoint; set \`engine.name: endpoint\` and its url`,
    );
  }
  const option = Object.keys(engine.options).find((key) =>
    !ENGINE_OPTIONS[engine.name as ScriptEngine].includes(key)
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

function checkEndpoint({ engine, methods, models }: Checked, path: string): void {
  if (engine.url === undefined) {
    throw new UserError(
      `${path}, engine.url is missing: the address before /chat/completions, such as http://127.0.0.1:8000/v1`,
    );
  }
  for (const [index, entry] of methods.entries()) {
    const { name, models: own } = entry as { name: string; models?: string[] };
    if (name !== "served" && name !== "none") {
      throw new UserError(
        `${path}, methods[${index}].name is "${name}": an endpoint answers with the models that it has, nothing is ` +
          "compressed for it; name each of them as `served`, or set `engine.name: vllm`",
      );
    }
    if (name === "served" && own === undefined && models.length > 1) {
      throw new UserError(
        `${path}, methods[${index}].models is missing; expected the model whose variant it is, one of ${
          models.map((model) => model.name).join(", ")
        }`,
      );
    }
  }
  if (Object.keys(engine.options).length > 0 || engine.fallback !== "none") {
    throw new UserError(
      `${path}, engine: options and fallback are for engines that run here; how an endpoint computes is set there`,
    );
  }
}
