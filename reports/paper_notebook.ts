/**
 * What the notebooks on the papers show: tables, figures, claims and cells.
 *
 * @module
 */
import pl from "nodejs-polars";
import type { Verdict } from "../analysis/claims/audit.ts";
import { describeRule } from "../analysis/claims/describe_rule.ts";
import { cellKey, type Flag } from "../data/paper/acbench.ts";
import { PAPER_FIGURES, UNPRINTED_FIGURES } from "./figures/paper_figures.ts";
import { type Shown, shownFigure, shownTable } from "./notebook.ts";
import type { PaperStudy } from "./paper_study.ts";
import { findVenue } from "./render/venues.ts";
import { averagesTable } from "./tables/paper_claims.ts";
import { contradictionsTable, flaggedTable } from "./tables/paper_lists.ts";
import { paperTable } from "./tables/paper_table.ts";
import { drawPaperFigure } from "./write_paper.ts";

/** One of the ten tables, in the paper's layout. */
export function showPaperTable(study: PaperStudy, table: number): Shown {
  return shownTable(paperTable(table, study.cells));
}

/** Printed averages that are lost, or are not what their cells give. */
export function showAverages(study: PaperStudy): Shown {
  return shownTable(averagesTable(study.averages));
}

/**
 * A figure of the paper that its tables can draw.
 *
 * @throws {RangeError} When it cannot be drawn from print; the message says what it needs.
 */
export async function showPaperFigure(
  study: PaperStudy,
  number: number,
  venue = "icml",
): Promise<Shown> {
  const figure = PAPER_FIGURES[number];
  if (!figure) {
    const unprinted = UNPRINTED_FIGURES.find((one) => one.figure === number);
    throw new RangeError(
      unprinted
        ? `Figure ${number} is printed nowhere as numbers; it needs ${unprinted.needs}`
        : `The paper has no figure ${number}`,
    );
  }
  const svg = await drawPaperFigure(figure, study.cells, findVenue(venue));
  return shownFigure(svg, figure.name, figure.title, figure.caption);
}

/** The figures that only own runs can draw. */
export function unprintedFigures(): pl.DataFrame {
  return pl.DataFrame(UNPRINTED_FIGURES.map((figure) => ({ ...figure })));
}

/** Doubtful cells by their reason. */
export function showFlagged(study: PaperStudy, flag: Flag): Shown {
  return shownTable(flaggedTable(study.cells, flag));
}

/** How many claims have each verdict, by section. */
export function verdictsBySection(study: PaperStudy): pl.DataFrame {
  const groups = Map.groupBy(study.claims, ({ claim }) => `${claim.paper}: ${claim.section}`);
  return pl.DataFrame([...groups].map(([section, claims]) => {
    const count = (verdict: Verdict) => claims.filter((one) => one.verdict === verdict).length;
    return {
      section,
      supported: count("supported"),
      "depends on the reading": count("depends on the reading"),
      contradicted: count("contradicted"),
      "cannot be checked": count("cannot be checked"),
    };
  }));
}

/** Claims with a contradicted reading, the worst first. */
export function showContradictions(study: PaperStudy): Shown {
  return shownTable(contradictionsTable(study.claims));
}

/**
 * The readings of one claim with what was found.
 *
 * @throws {RangeError} When there is no such claim.
 */
export function readingsOf(study: PaperStudy, id: string): pl.DataFrame {
  const audited = study.claims.find(({ claim }) => claim.id === id);
  if (!audited) throw new RangeError(`There is no claim ${JSON.stringify(id)}`);
  return pl.DataFrame(audited.readings.map(({ name, outcome, detail }, index) => ({
    reading: name,
    outcome,
    found: detail,
    rule: describeRule(audited.claim.readings[index]!.rule),
  })));
}

/** The cells that a claim rests on. */
export function cellsOf(study: PaperStudy, id: string): pl.DataFrame {
  const audited = study.claims.find(({ claim }) => claim.id === id);
  if (!audited) throw new RangeError(`There is no claim ${JSON.stringify(id)}`);
  return pl.DataFrame(audited.cells.map((cell) => ({
    cell: cellKey(cell),
    printed: cell.printed,
    flag: cell.flag ?? "",
    line: cell.line,
  })));
}
