/**
 * `deno task kernels`: builds `rows.wasm` from `assembly` with AssemblyScript.
 *
 * @module
 */
import asc from "assemblyscript/asc";
import { writeAtomically } from "../../../data/atomic_write.ts";
import { MODULE_FILE } from "../row_module.ts";

/** The compiler's options; all that is not a source and decides the bytes. */
const OPTIONS = [
  "-O3",
  "--noAssert",
  "--runtime=stub",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory=1",
  "--maximumMemory=65536",
  "--enable=simd,relaxed-simd,threads",
];

const SOURCES = new URL("./assembly/", import.meta.url);

/**
 * Compiles the kernels.
 *
 * @returns The module's bytes: the same sources give the same.
 * @throws {Error} With the compiler's messages.
 */
export async function buildKernels(): Promise<Uint8Array> {
  let built: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    ["index.ts", "--outFile=rows.wasm", ...OPTIONS],
    {
      readFile(name, folder) {
        try {
          return Deno.readTextFileSync(new URL(`${folder}/${name}`, SOURCES));
        } catch {
          return null; // it looks for configuration files that are not there
        }
      },
      writeFile(_name, content) {
        built = content as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || built === null) throw new Error(`The kernels do not compile: ${error}\n${stderr}`);
  return built;
}

if (import.meta.main) {
  const bytes = await buildKernels();
  await writeAtomically(MODULE_FILE.pathname, bytes);
  console.log(`${MODULE_FILE.pathname}: ${bytes.length} bytes`);
}
