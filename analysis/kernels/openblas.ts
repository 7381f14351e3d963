/**
 * The LAPACK inside NumPy's own wheel, called without Python.
 *
 * @module
 */
import { findOpenblas } from "./find_openblas.ts";

const pointers = <const N extends number>(count: N) =>
  Array.from({ length: count }, () => "buffer" as const);

// Fortran: every argument by address; the lengths of the texts follow as hidden arguments.
const SYMBOLS = {
  scipy_dsyrk_64_: { parameters: [...pointers(10), "usize", "usize"], result: "void" },
  scipy_dgemm_64_: { parameters: [...pointers(13), "usize", "usize"], result: "void" },
  scipy_dsyevd_64_: { parameters: [...pointers(11), "usize", "usize"], result: "void" },
  scipy_dsyevd_2stage_64_: { parameters: [...pointers(11), "usize", "usize"], result: "void" },
  scipy_dgeqrf_64_: { parameters: pointers(8), result: "void" },
  scipy_dgesdd_64_: { parameters: [...pointers(14), "usize"], result: "void" },
  scipy_openblas_get_num_threads64_: { parameters: [], result: "i32" },
  scipy_openblas_set_num_threads64_: { parameters: ["i32"], result: "void" },
} as const satisfies Deno.ForeignLibraryInterface;

/** Routines of BLAS and LAPACK by their plain names. Arguments are arrays, also where these are numbers. */
export interface Openblas {
  path: string;
  /** C = alpha A Aᵀ + beta C, one triangle. */
  dsyrk(...parameters: ArrayBufferView[]): void;
  /** C = alpha A B + beta C. */
  dgemm(...parameters: ArrayBufferView[]): void;
  /** Eigenvalues of a symmetric matrix. */
  dsyevd(...parameters: ArrayBufferView[]): void;
  /** The same by way of a band matrix. */
  dsyevdTwoStage(...parameters: ArrayBufferView[]): void;
  /** A = Q R. */
  dgeqrf(...parameters: ArrayBufferView[]): void;
  /** Singular values. */
  dgesdd(...parameters: ArrayBufferView[]): void;
  /** Lets the following calls use all threads, or one, by the multiplications that they take. */
  setThreads(work: number): void;
}

/**
 * Multiplications from which several threads pay, those of a Gram matrix of 512 x 1024. Below, they wait for each other
 * longer than they work, on a busy machine many times longer; and with one thread a result does not depend on the
 * number of processors.
 */
const PARALLEL_WORK = 2 ** 28;

let opened: Openblas | null | undefined;

/**
 * The OpenBLAS of this machine; null where there is none, or foreign functions are not allowed. It uses as
 * many threads as `OPENBLAS_NUM_THREADS` says, or all processors, where a matrix is large, and else one.
 *
 * @throws {Error} When `ACTGAUGE_OPENBLAS` names a library that does not serve.
 */
export function openblas(): Openblas | null {
  opened ??= open();
  return opened;
}

function open(): Openblas | null {
  for (const path of findOpenblas()) {
    if (Deno.permissions.querySync({ name: "ffi", path }).state !== "granted") continue;
    try {
      return routines(path);
    } catch (cause) {
      if (!Deno.env.get("ACTGAUGE_OPENBLAS")) continue;
      throw new Error(
        `ACTGAUGE_OPENBLAS names ${path}, which does not open (${
          (cause as Error).message
        }). Expected ` +
          "the libscipy_openblas64_ library of a NumPy wheel, or none",
        { cause },
      );
    }
  }
  return null;
}

function routines(path: string): Openblas {
  const { symbols } = Deno.dlopen(path, SYMBOLS);
  // deno-lint-ignore no-explicit-any -- parameter lists of this length have no readable type
  type Call = (...parameters: any[]) => void;
  const call = (symbol: Call, texts: number) => (...parameters: ArrayBufferView[]) =>
    symbol(...parameters, ...Array(texts).fill(1n));
  const most = symbols.scipy_openblas_get_num_threads64_();
  let threads = most;
  const setThreads = (work: number) => {
    const wanted = work < PARALLEL_WORK ? 1 : most;
    if (wanted !== threads) symbols.scipy_openblas_set_num_threads64_(threads = wanted);
  };
  setThreads(0);
  return {
    path,
    setThreads,
    dsyrk: call(symbols.scipy_dsyrk_64_ as Call, 2),
    dgemm: call(symbols.scipy_dgemm_64_ as Call, 2),
    dsyevd: call(symbols.scipy_dsyevd_64_ as Call, 2),
    dsyevdTwoStage: call(symbols.scipy_dsyevd_2stage_64_ as Call, 2),
    dgeqrf: call(symbols.scipy_dgeqrf_64_ as Call, 0),
    dgesdd: call(symbols.scipy_dgesdd_64_ as Call, 1),
  };
}

/** An integer argument. */
export function integer(value: number): BigInt64Array {
  return BigInt64Array.of(BigInt(value));
}

/** A number argument. */
export function double(value: number): Float64Array {
  return Float64Array.of(value);
}

/** A text argument of one character. */
export function letter(value: string): Uint8Array {
  return Uint8Array.of(value.charCodeAt(0));
}

/** Throws unless LAPACK says that a routine succeeded. */
export function checkInfo(routine: string, info: BigInt64Array): void {
  if (info[0] === 0n) return;
  throw new RangeError(
    info[0]! > 0n
      ? `LAPACK's ${routine} did not converge (info ${info[0]})`
      : `LAPACK's ${routine} refuses its argument ${-info[0]!}`,
  );
}
