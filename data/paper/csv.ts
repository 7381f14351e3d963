/**
 * Comma-separated values as RFC 4180 describes them: quoted fields, doubled quotes, one header line.
 *
 * @module
 */

/** A record of a CSV file with the line on which it starts, counted from 1. */
export interface CsvRecord {
  line: number;
  fields: Record<string, string>;
}

/** Splits CSV text into rows of fields; `line` is where a row starts. */
function splitRows(text: string, file: string): { line: number; fields: string[] }[] {
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  let line = 1;
  let start = 1;
  const endField = () => {
    fields.push(field);
    field = "";
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') {
        field += '"';
        i++;
      } else if (char === '"') quoted = false;
      else field += char;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === ",") endField();
    else if (char === "\n") {
      endField();
      rows.push({ line: start, fields });
      fields = [];
      start = line + 1;
    } else if (char !== "\r") field += char;
    if (char === "\n") line++;
  }
  if (quoted) throw new SyntaxError(`${file}:${start}: a quoted field is never closed`);
  if (field !== "" || fields.length > 0) {
    endField();
    rows.push({ line: start, fields });
  }
  return rows;
}

/**
 * Parses CSV text whose header must be exactly `columns`.
 *
 * @param text The whole file.
 * @param file Its name, for messages.
 * @param columns The header, in order.
 * @returns One record a row, fields by column name.
 * @throws SyntaxError naming file and line when the header or the number of fields differs.
 */
export function parseCsv(text: string, file: string, columns: readonly string[]): CsvRecord[] {
  const [header, ...rows] = splitRows(text, file);
  const found = header?.fields ?? [];
  if (found.join() !== columns.join()) {
    throw new SyntaxError(`${file}:1: columns are ${found.join()}; expected ${columns.join()}`);
  }
  return rows.map(({ line, fields }) => {
    if (fields.length !== columns.length) {
      throw new SyntaxError(
        `${file}:${line}: ${fields.length} fields; expected ${columns.length} (${columns.join()})`,
      );
    }
    return { line, fields: Object.fromEntries(columns.map((name, i) => [name, fields[i]!])) };
  });
}
