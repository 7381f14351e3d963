/** Longest line that is kept together, in UTF-16 units; a longer one is handed out in pieces. */
const LONGEST_LINE = 1 << 24;

/**
 * Cuts a stream of bytes into lines.
 *
 * Bytes that are not UTF-8 become U+FFFD. A character or a line may be spread over any number of chunks. A carriage
 * return before the line feed is dropped.
 *
 * @returns `push` for each chunk, and `end` for the last line when no line feed closed it
 */
export function lineSplitter(
  onLine: (line: string) => void,
): { push(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder();
  let rest = "";

  function take(text: string): void {
    rest += text;
    let from = 0;
    for (let to = rest.indexOf("\n"); to >= 0; to = rest.indexOf("\n", from)) {
      onLine(rest.slice(from, rest[to - 1] === "\r" && to > from ? to - 1 : to));
      from = to + 1;
    }
    rest = rest.slice(from);
    if (rest.length > LONGEST_LINE) {
      onLine(rest);
      rest = "";
    }
  }

  return {
    push: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode());
      if (rest !== "") onLine(rest);
      rest = "";
    },
  };
}
