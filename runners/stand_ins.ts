/**
 * What a plan that is only looked at reckons with in the place of files that are not on this machine.
 *
 * @module
 */
import type { Sample } from "./benchmarks/benchmark.ts";
import { CHARACTERS_PER_TOKEN } from "./text_length.ts";

/** Samples of a benchmark whose files are missing, where the experiment does not say how many it takes. */
const SAMPLES = 200;
/** Tokens of a prompt of such a benchmark. */
const PROMPT_TOKENS = 2000;

/** Notes what is missing; without one, what is missing is an error. */
export type Missing = string[] | null;

/**
 * What `load` gives or, where that cannot be and this is only a look, samples of an assumed number and length.
 *
 * @param count So many samples, where the experiment says so.
 */
export async function samplesOrStandIns(
  benchmark: string,
  count: number | undefined,
  missing: Missing,
  load: () => Promise<Sample[]>,
): Promise<Sample[]> {
  try {
    return await load();
  } catch (error) {
    if (missing === null) throw error;
    const samples = count ?? SAMPLES;
    const note = `${benchmark}: not on this machine; ${samples} samples of ${PROMPT_TOKENS} tokens`;
    if (!missing.includes(note)) missing.push(note);
    const content = " ".repeat(PROMPT_TOKENS * CHARACTERS_PER_TOKEN);
    return Array.from({ length: samples }, (_, i) => ({
      id: `stand-in-${i}`,
      subtask: "",
      messages: [{ role: "user", content }],
      gold: {},
    }));
  }
}
