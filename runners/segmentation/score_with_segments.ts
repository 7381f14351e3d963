import { scriptEnvironment, start } from "../shell.ts";
import type { ScoreContext } from "../scoring/score_context.ts";

const SCRIPT = new URL("./segment.py", import.meta.url).pathname;

/**
 * Scores with words of Chinese texts though scorers cannot wait: a first pass notes the texts that they
 * want cut, then a process cuts them, and a second pass scores.
 *
 * @param score Scores everything with a segmenter.
 * @param segment Words of texts, in their order.
 */
export async function scoreWithSegments<T>(
  score: (segment: NonNullable<ScoreContext["segment"]>) => Promise<T>,
  segment: (texts: string[]) => Promise<string[][]>,
): Promise<T> {
  const texts = new Set<string>();
  const first = await score((text) => {
    texts.add(text);
    return [];
  });
  if (texts.size === 0) return first;
  const asked = [...texts];
  const words = await segment(asked);
  const known = new Map(asked.map((text, i) => [text, words[i]!]));
  return await score((text) => {
    const found = known.get(text);
    if (found === undefined) throw new RangeError(`no words for ${JSON.stringify(text)}`);
    return found;
  });
}

/**
 * Words of texts from jieba in a Python process.
 *
 * @throws {Error} With the tail of the process's log when it fails, as where jieba is not installed.
 */
export async function segmentTexts(texts: string[], python: string): Promise<string[][]> {
  const logFile = await Deno.makeTempFile();
  try {
    const { logTail, ok, stdout } = await start({
      command: [python, "-u", SCRIPT],
      env: scriptEnvironment(1),
      stdin: JSON.stringify(texts),
      stdout: "capture",
      logFile,
    }).done;
    if (!ok) throw new Error(`segment.py failed: ${logTail}`);
    return JSON.parse(stdout);
  } finally {
    await Deno.remove(logFile).catch(() => {});
  }
}
