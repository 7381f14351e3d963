/**
 * A model that an endpoint serves, compared with the experiment's own by its answers alone.
 *
 * @module
 */
import { z } from "zod";
import type { Method } from "./method.ts";
import { settingsOf } from "./settings.ts";

/** Settings of a served model. */
export type Served = {
  /** What results call the variant. */
  as: string;
  /** Its name there; that of the variant where it is left out. */
  model?: string;
  /** Another address than the engine's. */
  url?: string;
  /** What figures and tables call it. */
  title?: string;
};

const text = (what: string) => z.string({ error: `${what} must be text` }).min(1);

/** A served model. */
export const served: Method<Served> = {
  name: "served",
  source: "whoever serves it",
  settings: settingsOf("served", {
    as: text("as").regex(/^[a-z0-9][a-z0-9._-]*$/, {
      error: "as must be lower-case letters, digits, '.', '_' and '-'",
    }),
    model: text("model").optional(),
    url: text("url").regex(/^https?:\/\/[^@\s]+$/, {
      error: "url must begin with http:// or https:// and hold no password",
    }).optional(),
    title: text("title").optional(),
  }) as unknown as z.ZodType<Served>,
  needsCalibration: () => false,
  title: ({ as, title }) => title ?? as,
  id: ({ as }) => `served-${as}`,
  recipe: () => [],
  expect: () => null,
  quantizes: false,
  weightBits: () => 16,
  engineHasKernel: () => true,
};
