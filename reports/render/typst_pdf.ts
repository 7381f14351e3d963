/**
 * Typst markup or SVG -> PDF with embedded, subset fonts.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { FONT_FAMILY, FONT_FILES } from "./fonts.ts";
import { svgSize } from "./vega_svg.ts";

/** Folder that exists only in the compiler's memory. */
const WORKSPACE = "/figure";

/**
 * Compiles Typst markup. The same markup gives the same bytes: no date is written.
 *
 * @param markup Source of the main file.
 * @param files Further files by name, which the markup reads by that name.
 * @throws {Error} When Typst does not accept the markup; the message is Typst's.
 */
export function typstPdf(markup: string, files: Record<string, Uint8Array> = {}): Uint8Array {
  const compiler = NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: FONT_FILES.map((file) => readFileSync(file)) }],
  });
  for (const [name, bytes] of Object.entries(files)) {
    compiler.mapShadow(join(WORKSPACE, name), Buffer.from(bytes));
  }
  const preamble = `#set document(date: none)\n#set text(font: "${FONT_FAMILY}")\n`;
  const compiled = compiler.compile({ mainFileContent: preamble + markup });
  const failure = compiled.takeError();
  if (failure) throw new Error(`Typst: ${JSON.stringify(compiler.fetchDiagnostics(failure))}`);
  return new Uint8Array(compiler.pdf(compiled.result!));
}

/** Puts an SVG, whose units are pt, on a PDF page of its size. */
export function svgPdf(svg: string): Uint8Array {
  const { width, height } = svgSize(svg);
  const markup = `#set page(width: ${width}pt, height: ${height}pt, margin: 0pt)\n` +
    `#image("figure.svg", width: ${width}pt, height: ${height}pt)\n`;
  return typstPdf(markup, { "figure.svg": new TextEncoder().encode(svg) });
}
