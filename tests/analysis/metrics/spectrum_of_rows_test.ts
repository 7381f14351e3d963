import assert from "node:assert/strict";
import { join } from "node:path";
import { effectiveRank } from "../../../analysis/kernels/effective_rank.ts";
import { openblas } from "../../../analysis/kernels/openblas.ts";
import {
  stripedCentredSquares,
  stripedSingularValues,
} from "../../../analysis/kernels/striped_spectrum.ts";
import {
  centredSpectrumOfRows,
  spectrumOfRows,
} from "../../../analysis/metrics/spectrum_of_rows.ts";
import { openVectors, sourceOf, type VectorSource } from "../../../data/logs.ts";
import { logits } from "../../../data/schema.ts";
import { rowsOf, vectorLog } from "../captures.ts";
import { float32, golden } from "../golden/golden.ts";
import { writeLogits } from "../scan/vector_file.ts";
import { inTemporaryFolder } from "../synthetic_run.ts";

interface Case {
  name: string;
  rows: number;
  columns: number;
  values: string;
  erank: number;
}

/** Those that stripes serve for; the last of them are rank-deficient or fall far. */
const matrices = (await golden<Case[]>("matrices.json")).filter(({ rows, columns }) =>
  rows > 1 && rows <= columns
);
const logOf = ({ values, columns }: Pick<Case, "values" | "columns">) =>
  sourceOf(vectorLog([{ id: "a", rows: rowsOf(float32(values), columns) }]));
const stripesOf = (log: VectorSource) => ({
  rows: log.rows,
  columns: log.width,
  read: (from: number, to: number, into: Float64Array) =>
    log.readColumns(0, log.rows, from, to, into),
});
const range = (begin: number, end: number) => ({ ranges: [{ begin, end }], count: end - begin });

function close(found: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++) {
    const error = Math.abs(found[i]! - expected[i]!) / expected[0]!;
    assert.ok(error < 1e-9, `${name}: value ${i} is ${found[i]}, expected ${expected[i]}`);
  }
}

Deno.test({
  name: "spectra by stripes are those of the whole matrix, ERank within 1e-9 of numpy's",
  ignore: openblas() === null,
  fn() {
    assert.ok(matrices.length >= 6);
    for (const matrix of matrices) {
      const log = logOf(matrix);
      const whole = spectrumOfRows(log, range(0, log.rows), Infinity);
      const centred = centredSpectrumOfRows(log, range(0, log.rows), Infinity);
      // So few numbers at a time that there are many stripes, the last one shorter.
      for (const numbers of [log.rows * 7, 1 << 22]) {
        const found = stripedSingularValues(openblas()!, stripesOf(log), numbers);
        close(found, whole, matrix.name);
        const error = Math.abs(effectiveRank(found) - matrix.erank) / matrix.erank;
        assert.ok(error < 1e-9, `${matrix.name}: ERank is off by ${error}`);
        const squares = stripedCentredSquares(openblas()!, stripesOf(log), numbers);
        if (typeof centred === "number") assert.equal(squares, centred, matrix.name);
        else close(squares as Float64Array, centred, `${matrix.name}, centred`);
      }
    }
  },
});

Deno.test("spectra by stripes of a file are those of the same rows in memory", async () => {
  const matrix = matrices.find(({ rows, columns }) => rows > 4 && rows < columns)!;
  const log = vectorLog([{ id: "a", rows: rowsOf(float32(matrix.values), matrix.columns) }]);
  await inTemporaryFolder(async (folder) => {
    const path = join(folder, "logits.arrow");
    for (const float of ["float32", "float16"] as const) {
      await writeLogits(path, log, float, 3);
      const file = openVectors(path, logits);
      const end = matrix.rows - 1;
      const apart = { ranges: [{ begin: 0, end: 2 }, { begin: 3, end }], count: end - 1 };
      for (const rows of [range(1, end), apart]) {
        close(spectrumOfRows(file, rows, 0), spectrumOfRows(file, rows, Infinity), float);
        const [found, expected] = [0, Infinity].map((large) =>
          centredSpectrumOfRows(file, rows, large)
        ) as [Float64Array, Float64Array];
        close(found, expected, `${float}, centred`);
      }
    }
  });
});

Deno.test("spectra by stripes: NaN throughout where an entry is, and the row that equals the mean", () => {
  const source = (rows: number[][]) => sourceOf(vectorLog([{ id: "a", rows }]));
  const odd = source([[1, NaN, 2], [1, 2, 3]]);
  assert.deepEqual([...spectrumOfRows(odd, range(0, 2), 0)], [NaN, NaN]);
  assert.deepEqual(centredSpectrumOfRows(odd, range(0, 2), 0), Float64Array.of(NaN, NaN));
  const even = source([[1, 2, 3], [0, 2, 4], [2, 2, 2]]);
  for (const large of [0, Infinity]) {
    assert.equal(centredSpectrumOfRows(even, range(0, 3), large), 0);
  }
});
