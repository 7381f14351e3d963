/**
 * The plan of a run that was imported: which variants, which baseline, which cells.
 *
 * @module
 */
import type { Plan } from "../../data/logs.ts";
import type { Cell, JsonObject, Variant } from "../../data/types.ts";
import { UserError } from "../errors.ts";
import type { ImportRequest } from "./import_request.ts";

const DESCRIPTION = "Results that other tools measured; Actgauge imported them and ran no model.";

/** What an imported cell says of the files it came from. */
export function sourcesOf({ inputs }: Cell): JsonObject[] {
  return Array.isArray(inputs.imported) ? inputs.imported as JsonObject[] : [];
}

/** Hashes of a cell's files; equal for equal imports, whatever the files were called. */
export function sourceHashes(cell: Cell): string {
  return JSON.stringify(sourcesOf(cell).map(({ format, sha256 }) => [format, sha256]));
}

/**
 * The plan with the request's variant; its cells as they were.
 *
 * @throws {UserError} When the run was not imported, or the variant or baseline contradicts it.
 */
export function planWithVariant(existing: Plan | null, request: ImportRequest): Plan {
  const plan = existing ?? {
    experiment: request.run,
    description: DESCRIPTION,
    baseline: {},
    variants: [],
    cells: [],
  };
  if (plan.cells.some((cell) => sourcesOf(cell).length === 0)) {
    throw new UserError(
      `${request.runs}/${request.run}: a run of \`deno task run\`, whose plan an import would overwrite; ` +
        "name another run with --out",
    );
  }
  const known = plan.variants.find(({ id }) => id === request.variant);
  const variant = variantOf(plan, request, known);
  const others = plan.variants.filter(({ id }) => id !== variant.id);
  return {
    ...plan,
    baseline: baselines(plan, request, variant),
    variants: known
      ? plan.variants.map((one) => one.id === variant.id ? variant : one)
      : [...others, variant],
  };
}

function variantOf(plan: Plan, request: ImportRequest, known: Variant | undefined): Variant {
  const slash = request.variant.indexOf("/");
  const models = [...new Set(plan.variants.map(({ model }) => model))];
  const model = request.model ?? known?.model ??
    (slash > 0 ? request.variant.slice(0, slash) : models.length === 1 ? models[0]! : request.run);
  if (known && known.model !== model) {
    throw new UserError(
      `--model ${model}: the run has variant "${known.id}" under the model "${known.model}"`,
    );
  }
  return {
    id: request.variant,
    model,
    method: "imported",
    title: request.title ?? known?.title ?? request.variant.slice(slash + 1),
    settings: {},
    calibration: null,
  };
}

function baselines(plan: Plan, request: ImportRequest, { id, model }: Variant): Plan["baseline"] {
  if (!request.baseline) return plan.baseline;
  const other = plan.baseline[model];
  if (other !== undefined && other !== id && !request.replace) {
    throw new UserError(
      `--baseline: the model "${model}" has the baseline "${other}" already; --replace makes "${id}" it`,
    );
  }
  return { ...plan.baseline, [model]: id };
}
