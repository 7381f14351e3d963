/** How much of a file's end is looked at, in bytes. */
const WINDOW = 64 * 1024;

/**
 * The last lines of a text file, as they may be shown in a terminal or kept in a record.
 *
 * Terminal control sequences are taken out, of a progress bar (`\r`) only the last state stays, and bytes that are not
 * UTF-8 become U+FFFD. At most the last 64 KiB are read. A missing file has no lines.
 */
export async function tail(path: string, lines: number): Promise<string> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - WINDOW);
    await file.seek(start, Deno.SeekMode.Start);
    const bytes = new Uint8Array(size - start);
    let length = 0;
    while (length < bytes.length) {
      const count = await file.read(bytes.subarray(length));
      if (count === null) break;
      length += count;
    }
    const text = new TextDecoder().decode(bytes.subarray(0, length));
    const cut = start > 0 ? text.indexOf("\n") + 1 : 0;
    return lastLines(text.slice(cut), lines);
  } finally {
    file.close();
  }
}

/** The last lines of a text that are not blank, without control characters. */
export function lastLines(text: string, lines: number): string {
  return text.split("\n").map(plain).filter((line) => line.trim() !== "").slice(-lines).join("\n");
}

/** One line as a terminal would show it in the end: without escape sequences and control characters. */
export function plain(line: string): string {
  // deno-lint-ignore no-control-regex
  const escapes = /\x1b(?:\[[0-?]*[ -\/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
  // deno-lint-ignore no-control-regex
  const controls = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;
  const shown = line.replace(/\r+$/, "").replace(escapes, "");
  return shown.slice(shown.lastIndexOf("\r") + 1).replace(controls, "").trimEnd();
}
