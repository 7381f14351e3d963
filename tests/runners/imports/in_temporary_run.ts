/**
 * A folder of runs for tests of the import, and the requests that they make.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { importResults } from "../../../runners/imports/import_results.ts";
import type { ImportRequest } from "../../../runners/imports/import_request.ts";

/** Folder of the fixtures. */
export const FIXTURES = fileURLToPath(new URL("./fixtures", import.meta.url));

/** Works in a folder that is removed afterwards. */
export async function inTemporaryFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "actgauge-imports-" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The only file of a fixture's folder whose name fits. */
export function fixture(folder: string, pattern: RegExp): string {
  const path = `${FIXTURES}/${folder}`;
  const names = [...Deno.readDirSync(path)].map(({ name }) => name).filter((name) =>
    pattern.test(name)
  );
  if (names.length !== 1) throw new Error(`${path}: ${names.length} files fit ${pattern}`);
  return `${path}/${names[0]}`;
}

/** The only file below a fixture's folder whose name fits. */
export function fixtureBelow(folder: string, pattern: RegExp): string {
  const [below] = [...Deno.readDirSync(`${FIXTURES}/${folder}`)];
  return fixture(`${folder}/${below!.name}`, pattern);
}

/** Imports files into the run `study`. */
export function importInto(
  runs: string,
  files: string | string[],
  variant: string,
  request: Partial<ImportRequest> = {},
) {
  return importResults(
    {
      files: [files].flat(),
      variant,
      baseline: false,
      seed: 0,
      replace: false,
      runs,
      run: "study",
      ...request,
    },
    ["deno", "task", "import"],
    false,
  );
}
