/**
 * Where an OpenBLAS lies on this machine.
 *
 * @module
 */
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

/** A shared library of NumPy's wheel: OpenBLAS with its LAPACK, 64-bit integers, names `scipy_…_64_`. */
const LIBRARY = /^libscipy_openblas64_.*\.(so|dylib)$/;

/**
 * Paths of the OpenBLAS libraries that NumPy's wheels brought, best first: that of `ACTGAUGE_PYTHON`, of the interpreter
 * that `deno task setup --python` remembered, then of the project's own environments in the user's cache
 * folder. `ACTGAUGE_OPENBLAS` names another one, or with `none` says to do without.
 */
export function findOpenblas(): string[] {
  const named = Deno.env.get("ACTGAUGE_OPENBLAS");
  if (named) return named === "none" ? [] : [named];
  return environments().flatMap(librariesIn);
}

/** Folders of Python environments that may exist. */
function environments(): string[] {
  const base = Deno.env.get("XDG_CACHE_HOME");
  const cache = join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "actgauge");
  const interpreters = [Deno.env.get("ACTGAUGE_PYTHON"), textOf(join(cache, "interpreter"))];
  const own = namesIn(cache).filter((name) => /^python-[0-9a-f]+$/.test(name)).sort();
  return [
    ...interpreters.filter((path) => !!path).map((path) => dirname(dirname(path!))),
    ...own.map((name) => join(cache, name)),
  ];
}

function librariesIn(environment: string): string[] {
  const lib = join(environment, "lib");
  return namesIn(lib).filter((name) => /^python3\.\d+$/.test(name)).flatMap((python) => {
    const packages = join(lib, python, "site-packages");
    // The wheels for Linux and for macOS.
    return [join(packages, "numpy.libs"), join(packages, "numpy", ".dylibs")].flatMap((folder) =>
      namesIn(folder).filter((name) => LIBRARY.test(name)).map((name) => join(folder, name))
    );
  });
}

/** Names in a folder; none where it cannot be read: a library is a help, not a need. */
function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

function textOf(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path).trim();
  } catch {
    return undefined;
  }
}
