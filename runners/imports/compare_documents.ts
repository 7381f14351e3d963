/**
 * Whether two cells asked the same questions: scores are paired by the sample's id alone.
 *
 * @module
 */
import { UserError } from "../errors.ts";
import type { SampleIdentity } from "./import_cells.ts";

/** A cell's samples, and what to call the cell. */
export interface Asked {
  name: string;
  documents: Record<string, SampleIdentity>;
}

/** Ids that a message lists before it only counts. */
const LISTED = 5;

/**
 * Compares a cell with another of the same benchmark.
 *
 * @returns What must be known before the two are compared.
 * @throws {UserError} When they share no sample, or one id stands for different documents.
 */
export function compareDocuments(own: Asked, other: Asked): string[] {
  const ids = Object.keys(own.documents);
  const common = ids.filter((id) => Object.hasOwn(other.documents, id));
  if (common.length === 0) {
    throw new UserError(
      `${own.name}: no sample in common with ${other.name} (${listed(ids)} against ${
        listed(Object.keys(other.documents))
      }). Evaluate both on the same data, or import under another --benchmark`,
    );
  }
  const differing = common.filter((id) => own.documents[id]![0] !== other.documents[id]![0]);
  if (differing.length > 0) {
    throw new UserError(
      `${own.name}: ${differing.length} of ${common.length} samples are other documents than in ` +
        `${other.name}: ${
          listed(differing)
        }. Scores are paired by id: evaluate both on the same data, ` +
        "or import under another --benchmark",
    );
  }
  const prompts = common.filter((id) => {
    const [a, b] = [own.documents[id]![1], other.documents[id]![1]];
    return a !== null && b !== null && a !== b;
  });
  const missing = Object.keys(other.documents).length - common.length;
  const extra = ids.length - common.length;
  return [
    ...(missing === 0 ? [] : [`${missing} samples of ${other.name} are missing`]),
    ...(extra === 0 ? [] : [`${extra} samples are not in ${other.name}`]),
    ...(prompts.length === 0
      ? []
      : [`${prompts.length} of ${common.length} prompts differ from those of ${other.name}`]),
  ];
}

function listed(ids: string[]): string {
  const shown = ids.slice(0, LISTED).map((id) => JSON.stringify(id.slice(0, 80))).join(", ");
  return ids.length > LISTED ? `${shown}, and ${ids.length - LISTED} more` : shown;
}
