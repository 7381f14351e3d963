/**
 * The process that makes a sketch while the logits are being computed: rows of logits come on standard input, and
 * `logit_sketch.arrow` is all that is written. It is started by `runners/python/sketch_log.py`, which describes the frames
 * and the answer, with a JSON argument of {@link SketchSettings}.
 *
 * @module
 */
import { frames } from "./frames.ts";
import { sketchStream } from "./sketch_stream.ts";

/** What is to be sketched. */
export interface SketchSettings {
  /** File to write. */
  path: string;
  vocabulary: number;
  /** Sketch of the baseline, of the same tokens; null to make a baseline's own. */
  baseline: string | null;
}

if (import.meta.main) {
  try {
    const settings = JSON.parse(Deno.args[0]!) as SketchSettings;
    const rows = sketchStream(frames(Deno.stdin, settings.vocabulary), settings);
    console.log(JSON.stringify({ rows }));
  } catch (error) {
    console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
    Deno.exit(1);
  }
}
