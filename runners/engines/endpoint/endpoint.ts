import type { Variant } from "../../../data/types.ts";
import { UserError } from "../../errors.ts";
import type { Experiment } from "../../experiment/shape.ts";

/** Where a variant is served, and how it is asked. */
export interface Endpoint {
  /** The address before `/chat/completions`, without a slash at its end. */
  url: string;
  /** The model's name there. */
  model: string;
  /** `chat` sends raw prompts as chats too. */
  api: "auto" | "chat";
  /** Null where none is needed. It must not be written anywhere. */
  key: string | null;
  /** The variable that holds the key, for messages. */
  keyVariable: string | null;
  concurrency: number;
  retries: number;
  timeoutSeconds: number;
}

/** What decides a variant's answers. */
export type Served = Pick<Endpoint, "url" | "model" | "api">;

/** Which model at which address is a variant's. */
export function servedAs(variant: Variant, { engine, models }: Experiment): Served {
  const { api, model, url } = engine;
  const base = models.find(({ name }) => name === variant.model)!;
  const own = variant.settings as { as?: string; model?: string; url?: string };
  return {
    url: (own.url ?? url!).replace(/\/+$/, ""),
    model: own.as === undefined ? base.served ?? model ?? base.name : own.model ?? own.as,
    api: api ?? "auto",
  };
}

/**
 * How a variant is asked.
 *
 * @throws {UserError} When the environment variable that shall hold the key is not set.
 */
export function endpointOf(variant: Variant, experiment: Experiment): Endpoint {
  const { apiKeyVariable, concurrency, retries, timeoutSeconds } = experiment.engine;
  const key = apiKeyVariable === undefined ? null : Deno.env.get(apiKeyVariable) ?? "";
  if (key === "") {
    throw new UserError(
      `engine.apiKeyVariable is ${apiKeyVariable}, but this variable is not set; export it, or leave the line out`,
    );
  }
  return {
    ...servedAs(variant, experiment),
    key,
    keyVariable: apiKeyVariable ?? null,
    concurrency: concurrency ?? 8,
    retries: retries ?? 6,
    timeoutSeconds: timeoutSeconds ?? 120,
  };
}
