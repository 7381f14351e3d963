/**
 * Rules of claims in words, for the report.
 *
 * @module
 */
import type { Bound, CellPattern, Comparison, Expression, Pairs, Rule, Share } from "./claim.ts";

function listed(value: string | number | (string | number)[]): string {
  return Array.isArray(value) ? value.join(" or ") : String(value);
}

/** A pattern, e.g. `Table 8, Qwen2.5-7B, AWQ or GPTQ, Overall`. */
export function describePattern({ table, except, ...fields }: CellPattern): string {
  const parts = Object.values(fields).map(listed);
  // A group and its only column often share a name.
  const named = parts.filter((part, i) => part !== parts[i - 1] && part !== "");
  const without = Object.values(except ?? {}).flat().join(", ");
  return [`Table ${listed(table)}`, ...named].join(", ") + (without ? ` (without ${without})` : "");
}

function describeBound(is: Comparison, to: Bound): string {
  return Array.isArray(to) ? `between ${to[0]} and ${to[1]}` : `${is} ${to}`;
}

function describePairs({ cells, against, by }: Pairs): string {
  return `[${describePattern(cells)}] beside [${describePattern(against)}] of the same ${
    by.join(", ")
  }`;
}

/** How many must hold, e.g. `for all`. */
export function describeShare({ is, of }: Share): string {
  if (is === ">=" && of === 1) return "for all";
  if (is === ">" && of === 0.5) return "for most";
  if (is === ">" && of === 0) return "for some";
  return `for a share ${is} ${Number(of.toFixed(3))}`;
}

/** An expression in words. */
export function describeExpression(expression: Expression): string {
  if (typeof expression === "number") return String(expression);
  if ("cell" in expression) return `[${describePattern(expression.cell)}]`;
  if ("count" in expression) return `number of cells in [${describePattern(expression.count)}]`;
  if ("distinct" in expression) {
    return `number of different ${expression.distinct}s in [${describePattern(expression.of)}]`;
  }
  if ("minus" in expression) return expression.minus.map(describeExpression).join(" - ");
  if ("percentDrop" in expression) {
    return `percent lost from ${expression.percentDrop.map(describeExpression).join(" to ")}`;
  }
  if ("least" in expression) {
    return `least of ${expression.least.map(describeExpression).join("; ")}`;
  }
  if ("greatest" in expression) {
    return `greatest of ${expression.greatest.map(describeExpression).join("; ")}`;
  }
  if ("pearson" in expression) {
    return `Pearson correlation of ${expression.pearson.map(describePattern).join(" and ")}`;
  }
  if ("spearman" in expression) {
    return `Spearman correlation of ${expression.spearman.map(describePattern).join(" and ")}`;
  }
  if ("meanChange" in expression) {
    return `mean change in ${expression.meanChange}, ${describePairs(expression.pairs)}`;
  }
  if ("spread" in expression) {
    return `standard deviation of changes in ${expression.spread}, ${
      describePairs(expression.pairs)
    }`;
  }
  if ("shareOf" in expression) {
    const bound = describeBound(expression.is, expression.to);
    return `share of changes in ${expression.shareOf} ${bound}, ${describePairs(expression.pairs)}`;
  }
  const [[name, pattern]] = Object.entries(expression) as [[string, CellPattern]];
  return `${name} of [${describePattern(pattern)}]`;
}

/** A rule in words. */
export function describeRule(rule: Rule): string {
  if ("unprinted" in rule) return "none";
  if ("compare" in rule) {
    const right = Array.isArray(rule.to)
      ? describeBound(rule.is, rule.to)
      : `${rule.is} ${describeExpression(rule.to)}`;
    const within = rule.within ? ` within ${rule.within}` : "";
    return `${describeExpression(rule.compare)} ${right}${within}`;
  }
  if ("each" in rule) {
    const bound = describeBound(rule.is, rule.to);
    return `[${describePattern(rule.each)}] ${bound}, ${describeShare(rule.share)}`;
  }
  if ("change" in rule) {
    const bound = describeBound(rule.is, rule.to);
    return `change in ${rule.change} ${bound}, ${describePairs(rule.pairs)}, ${
      describeShare(rule.share)
    }`;
  }
  const parts = rule.rules.map(describeRule);
  const shown = parts.slice(0, 4).join("; and ");
  const more = parts.length > 4 ? `; and ${parts.length - 4} like these` : "";
  return rule.share.is === ">=" && rule.share.of === 1
    ? `${shown}${more}`
    : `${describeShare(rule.share)} of: ${shown}${more}`;
}
