/**
 * Checkpoints that were made elsewhere: what `checkpoint` and `distilled` share.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { z } from "zod";
import type { MadeElsewhere } from "./method.ts";
import { settingsOf } from "./settings.ts";

/** Settings of a checkpoint that was made elsewhere. */
export type Elsewhere = {
  /** The model of the experiment whose variant it is; needed where there are several. */
  of?: string;
  /** Folder, relative to the experiment file. */
  path?: string;
  /** Name on a model hub, instead of a folder. */
  hub?: string;
  /** Commit of the hub's model. */
  revision?: string;
  /** What figures and tables call it. */
  title?: string;
};

/** The settings' schema. */
export function elsewhereSettings(method: string): z.ZodType<Elsewhere> {
  const text = (what: string) => z.string({ error: `${what} must be text` }).min(1);
  return settingsOf(method, {
    of: text("of").optional(),
    path: text("path").optional(),
    hub: text("hub").regex(/^[\w.-]+\/[\w.-]+$/, { error: "hub must be owner/name" }).optional(),
    revision: text("revision").optional(),
    title: text("title").optional(),
  }).refine(({ path, hub }) => (path === undefined) !== (hub === undefined), {
    error: `${method} needs one of path (a folder) and hub (owner/name)`,
  }).refine(({ hub, revision }) => hub === undefined || revision !== undefined, {
    path: ["revision"],
    error: "hub needs revision: without a commit the run could not be repeated",
  }) as unknown as z.ZodType<Elsewhere>;
}

/** What figures call it when it was given no title: the name of the folder or of the hub's model. */
export function nameOf({ title, path, hub }: Elsewhere): string {
  return title ?? basename(path ?? hub!);
}

/** A readable id; what the name does not tell stands in its hash. */
export function elsewhereId(method: string, settings: Elsewhere): string {
  const { path, hub, revision, title } = settings;
  const name = basename(path ?? hub!).toLowerCase().replaceAll(/[^a-z0-9._-]+/g, "-");
  const hash = createHash("sha256").update(JSON.stringify([path, hub, revision, title]));
  return `${method}-${name}-${hash.digest("hex").slice(0, 6)}`;
}

/** Where the checkpoint is. */
export function placeOf({ path, hub, revision }: Elsewhere, compressed: boolean): MadeElsewhere {
  return {
    path: path ?? null,
    hub: hub === undefined ? null : { name: hub, revision: revision! },
    compressed,
  };
}
