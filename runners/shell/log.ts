import { dirname } from "node:path";

/** How much of the log's end is kept at hand, in UTF-16 units. */
const RECENT = 16384;

/** What a child writes that nobody parses. */
export interface Log {
  write(bytes: Uint8Array): void;
  /** The end of what was written. */
  recent(): string;
  close(): void;
}

/** Opens a log file for appending, and makes its folder; without a path, only the end is kept, in memory. */
export function openLog(path: string | undefined): Log {
  let file: Deno.FsFile | null = null;
  if (path !== undefined) {
    Deno.mkdirSync(dirname(path), { recursive: true });
    file = Deno.openSync(path, { append: true, create: true });
  }
  const decoder = new TextDecoder();
  let recent = "";
  return {
    write(bytes) {
      for (let at = 0; file && at < bytes.length;) at += file.writeSync(bytes.subarray(at));
      recent = (recent + decoder.decode(bytes, { stream: true })).slice(-RECENT);
    },
    recent: () => recent,
    close: () => file?.close(),
  };
}
