import { statSync } from "node:fs";

/** How far pip is. */
export interface PipProgress {
  /** Packages that pip has looked at so far. */
  collected: number;
  /** Bytes of archives fetched so far. */
  bytes: number;
  /** True once everything is there and pip unpacks. */
  unpacking: boolean;
}

const UNITS: Record<string, number> = { bytes: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/**
 * Reads what `pip install --progress-bar raw` writes.
 *
 * @returns `line` for each line; answers false, so that all of it goes to the log too, but for the many lines of a
 * download's progress. `bytes()` gives the size of all archives so far.
 */
export function pipProgress(
  onProgress: (progress: PipProgress) => void,
): { line(line: string): boolean; bytes(): number } {
  let collected = 0;
  let finished = 0;
  /** The archive that is coming in: pip names its size before, rounded, and counts its bytes if it is large. */
  let expected = 0;
  let arrived = 0;
  let unpacking = false;

  const bytes = () => finished + arrived;
  const tell = () => onProgress({ collected, bytes: bytes(), unpacking });
  function settle(): void {
    finished += Math.max(expected, arrived);
    expected = arrived = 0;
  }

  function line(text: string): boolean {
    const step = /^Progress (\d+) of (\d+)$/.exec(text);
    if (step) {
      arrived = Number(step[1]);
      // The exact size, in place of the rounded one.
      expected = Number(step[2]);
      tell();
      return true;
    }
    const archive = /^\s+(?:Downloading|Using cached) (\S+) \(([\d.]+) (bytes|kB|MB|GB)\)/.exec(
      text,
    );
    if (archive) {
      settle();
      if (!archive[1]!.endsWith(".metadata")) expected = Number(archive[2]) * UNITS[archive[3]!]!;
    } else if (/^(Collecting|Processing|Requirement already satisfied:) /.test(text)) {
      settle();
      collected++;
      const local = /^Processing (\/\S+)/.exec(text);
      if (local) expected = sizeOf(local[1]!);
    } else if (text.startsWith("Installing collected packages")) {
      settle();
      unpacking = true;
    } else {
      return false;
    }
    tell();
    return false;
  }
  return { line, bytes };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
