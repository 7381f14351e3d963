/** A JSON object a line, the last line ended too. */
export function jsonLines(records: Iterable<unknown>): string {
  return Array.from(records, (record) => `${JSON.stringify(record)}\n`).join("");
}
