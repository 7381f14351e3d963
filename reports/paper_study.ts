/**
 * Everything that is made of the papers' data, read once: cells, audited claims, averages.
 *
 * @module
 */
import { auditClaims, type AuditedClaim } from "../analysis/claims/audit.ts";
import { recomputeAverages, type RecomputedAverage } from "../analysis/claims/averages.ts";
import { CLAIMS } from "../analysis/claims/registry.ts";
import { absentCells } from "../analysis/claims/structured_agent_distillation.ts";
import { type PaperCell, readPaperTables } from "../data/paper/acbench.ts";
import { readAbsences } from "../data/paper/structured_agent_distillation.ts";

/** The papers as data. */
export interface PaperStudy {
  /** Cells of ACBench's tables. */
  cells: PaperCell[];
  claims: AuditedClaim[];
  averages: RecomputedAverage[];
}

/** Reads both papers and audits their claims. */
export async function loadPaperStudy(): Promise<PaperStudy> {
  const [cells, absences] = await Promise.all([readPaperTables(), readAbsences()]);
  return {
    cells,
    claims: auditClaims(CLAIMS, [...cells, ...absentCells(absences)]),
    averages: recomputeAverages(cells),
  };
}
