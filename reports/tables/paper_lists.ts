/**
 * Lists that the notebooks show whole: contradictions by rank, and doubtful cells by their reason.
 *
 * @module
 */
import { type AuditedClaim, rankContradictions } from "../../analysis/claims/audit.ts";
import { fixed, significant } from "../../analysis/numbers.ts";
import type { Flag, PaperCell } from "../../data/paper/acbench.ts";
import type { TableCell, TableColumn, TableData } from "../render/table_data.ts";
import { paperCellAddress } from "./paper_cell.ts";

const text = (words: string): TableCell => ({ kind: "text", text: words });

function columns(heads: [string, TableColumn["align"]][]): TableColumn[] {
  return heads.map(([header, align]) => ({ header, group: "", align }));
}

/** Claims with a contradicted reading, the worst first. */
export function contradictionsTable(audited: AuditedClaim[]): TableData {
  return {
    name: "paper_contradictions",
    caption: "Claims that the cells contradict in all or some readings. Share: of the readings " +
      "that can be checked. Gap: the largest distance from what a rule asks.",
    columns: columns([
      ["Claim", "left"],
      ["Section", "left"],
      ["Sentence, restated", "left"],
      ["Share", "right"],
      ["Gap", "right"],
      ["Cells", "right"],
      ["Flagged", "right"],
    ]),
    rows: rankContradictions(audited).map((one) => [
      text(one.claim.id),
      text(one.claim.section),
      text(one.claim.sentence),
      text(fixed(one.contradicted, 2)),
      text(significant(one.gap, 2)),
      text(String(one.cells.length)),
      text(String(one.flagged.length)),
    ]),
  };
}

/** Doubtful cells, one row a reason. */
export function flaggedTable(cells: PaperCell[], flag: Flag): TableData {
  const flagged = cells.filter((cell) => cell.flag === flag);
  const groups = Map.groupBy(flagged, ({ table, note }) => `${table}\n${note}`);
  return {
    name: `paper_${flag}`,
    caption: `${flagged.length} cells of ACBench's tables are ${flag}: the reasons.`,
    columns: columns([
      ["Table", "left"],
      ["Cells", "right"],
      ["Lines", "left"],
      ["Reason and best reading", "left"],
    ]),
    rows: [...groups.values()].map((group): TableCell[] => [
      text(String(group[0]!.table)),
      { kind: "value", lines: [String(group.length)], cells: group.map(paperCellAddress) },
      text([...new Set(group.map(({ line }) => line))].join(", ")),
      text(group[0]!.note),
    ]),
  };
}
