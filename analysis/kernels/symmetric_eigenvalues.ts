/**
 * Eigenvalues of a real symmetric matrix: Householder reduction to tridiagonal form, then implicit QL.
 *
 * @module
 */

/** Sweeps that one eigenvalue may take; about two are usual. */
const MAX_SWEEPS = 60;

/**
 * Eigenvalues of a symmetric matrix, in no particular order, with an absolute error of a few times
 * `Number.EPSILON` times the largest of them.
 *
 * @param matrix `n * n` numbers, row-major, of which the lower triangle is read; overwritten.
 * @param diagonal Receives the `n` eigenvalues.
 * @param offDiagonal Work space of `n` numbers.
 * @throws {RangeError} When entries are not finite, or it does not converge.
 */
export function symmetricEigenvalues(
  matrix: Float64Array,
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  tridiagonalise(matrix, n, diagonal, offDiagonal);
  tridiagonalEigenvalues(n, diagonal, offDiagonal);
}

/**
 * Reflects row by row from the last one up, so that the row in work lies contiguous in memory. Afterwards
 * `offDiagonal[i]` couples i and i + 1.
 */
function tridiagonalise(
  matrix: Float64Array,
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(matrix[i * n + i]!));
  // Far below the error that is promised; a reflection of less divides by numbers that underflow.
  const negligible = (scale * Number.EPSILON * 0.01) ** 2;
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    diagonal[i] = matrix[row + i]!;
    if (i === 0) break;
    const last = matrix[row + i - 1]!;
    let tail = 0;
    for (let j = 0; j < i - 1; j++) tail += matrix[row + j]! * matrix[row + j]!;
    if (tail <= negligible) {
      offDiagonal[i - 1] = last;
      continue;
    }
    // The reflection I - beta v vᵀ maps the row to (0, …, 0, pivot); the sign avoids cancellation.
    const norm = Math.sqrt(last * last + tail);
    const pivot = last > 0 ? -norm : norm;
    offDiagonal[i - 1] = pivot;
    matrix[row + i - 1] = last - pivot;
    const beta = 1 / (norm * norm - last * pivot);
    reflect(matrix, n, i, beta, diagonal);
  }
}

/**
 * Applies the reflection whose vector v stands in the first `size` entries of row `size` to the leading
 * block of that size: B - v wᵀ - w vᵀ with w = p - (beta / 2)(pᵀv) v and p = beta B v. `work` holds w; only its first
 * `size` entries are used, which are not final yet.
 */
function reflect(
  matrix: Float64Array,
  n: number,
  size: number,
  beta: number,
  work: Float64Array,
): void {
  const v = size * n;
  for (let i = 0; i < size; i++) {
    const row = i * n;
    const vi = matrix[v + i]!;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const entry = matrix[row + j]!;
      sum += entry * matrix[v + j]!;
      work[j] = work[j]! + entry * vi;
    }
    work[i] = sum + matrix[row + i]! * vi;
  }
  let projection = 0;
  for (let i = 0; i < size; i++) {
    work[i] = work[i]! * beta;
    projection += work[i]! * matrix[v + i]!;
  }
  const half = projection * beta / 2;
  for (let i = 0; i < size; i++) work[i] = work[i]! - half * matrix[v + i]!;
  for (let i = 0; i < size; i++) {
    const row = i * n;
    const vi = matrix[v + i]!;
    const wi = work[i]!;
    for (let j = 0; j <= i; j++) {
      matrix[row + j] = matrix[row + j]! - vi * work[j]! - wi * matrix[v + j]!;
    }
  }
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix, in no particular order, left in `diagonal`.
 *
 * @param diagonal The `n` entries of the diagonal.
 * @param offDiagonal `n` numbers, of which entry i couples i and i + 1; overwritten.
 * @throws {RangeError} When entries are not finite, or it does not converge.
 */
export function tridiagonalEigenvalues(
  n: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  offDiagonal[n - 1] = 0;
  let scale = 0;
  for (let i = 0; i < n; i++) {
    scale = Math.max(scale, Math.abs(diagonal[i]!) + Math.abs(offDiagonal[i]!));
  }
  if (!(scale < Infinity)) throw new RangeError("The matrix holds NaN or infinity");
  // Against the whole matrix, not the neighbours: in a block of rounding noise the neighbours are noise.
  const negligible = scale * Number.EPSILON;
  for (let first = 0; first < n; first++) {
    for (let sweep = 0;; sweep++) {
      let end = first;
      while (end < n - 1 && Math.abs(offDiagonal[end]!) > negligible) end++;
      if (end === first) break;
      if (sweep === MAX_SWEEPS) {
        throw new RangeError(`Eigenvalue ${first} of ${n} did not converge`);
      }
      sweepBlock(first, end, diagonal, offDiagonal);
    }
  }
}

/** One implicit QL step with Wilkinson's shift on the block `[first, end]`. */
function sweepBlock(
  first: number,
  end: number,
  diagonal: Float64Array,
  offDiagonal: Float64Array,
): void {
  const ratio = (diagonal[first + 1]! - diagonal[first]!) / (2 * offDiagonal[first]!);
  const root = Math.sqrt(ratio * ratio + 1);
  const shift = offDiagonal[first]! / (ratio + (ratio < 0 ? -root : root));
  let g = diagonal[end]! - diagonal[first]! + shift;
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = end - 1; i >= first; i--) {
    const f = sine * offDiagonal[i]!;
    const b = cosine * offDiagonal[i]!;
    const length = Math.sqrt(f * f + g * g);
    offDiagonal[i + 1] = length;
    if (length === 0) {
      // The block splits here.
      diagonal[i + 1] = diagonal[i + 1]! - carried;
      offDiagonal[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = diagonal[i + 1]! - carried;
    const r = (diagonal[i]! - g) * sine + 2 * cosine * b;
    carried = sine * r;
    diagonal[i + 1] = g + carried;
    g = cosine * r - b;
  }
  diagonal[first] = diagonal[first]! - carried;
  offDiagonal[first] = g;
  offDiagonal[end] = 0;
}
