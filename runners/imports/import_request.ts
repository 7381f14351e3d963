/** What `deno task import` is asked to do. */
export interface ImportRequest {
  files: string[];
  /** Registry key of the format; left out: each file shows its own. */
  format?: string | undefined;
  variant: string;
  /** Left out: the tool's name of the task. Several files under one benchmark become its subtasks. */
  benchmark?: string | undefined;
  /** The variant is its model's baseline. */
  baseline: boolean;
  /** Left out: what stands before the variant's slash, else the run's only model, else the run's name. */
  model?: string | undefined;
  /** What tables call the variant; left out: what stands behind its slash. */
  title?: string | undefined;
  /** Seed of the first repeat. */
  seed: number;
  /** Take the place of what was imported for the same variant, benchmark and seed. */
  replace: boolean;
  /** Folder of runs, and the run's name in it. */
  runs: string;
  run: string;
}
