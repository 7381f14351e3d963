/** What one look at the machine found. */
export interface Check {
  /** E.g. `Python environment`. */
  name: string;
  /** `bad`: something will fail without it; `weak`: only a part that not everybody needs. */
  state: "good" | "weak" | "bad";
  /** What was found. */
  found: string;
  /** How to mend it; null when it is good. */
  mend: string | null;
}

/** A check that found nothing wrong. */
export function good(name: string, found: string): Check {
  return { name, state: "good", found, mend: null };
}

/** A check that found something missing that is needed. */
export function bad(name: string, found: string, mend: string): Check {
  return { name, state: "bad", found, mend };
}

/** A check that found something missing that only some need. */
export function weak(name: string, found: string, mend: string): Check {
  return { name, state: "weak", found, mend };
}
