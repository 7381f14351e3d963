/**
 * What each method keeps of each capability, with the verdict on whether it may stand in for the base.
 *
 * @module
 */
import { ALL_CAPABILITIES, CAPABILITIES } from "../../analysis/choice/capability.ts";
import { methodsOf } from "../../analysis/methods.ts";
import { fixed, signed, withInterval } from "../../analysis/numbers.ts";
import type { CapabilityLine } from "../../data/result_schema.ts";
import type { TableCell } from "../render/table_data.ts";
import { type Results, variantTitle } from "../results.ts";
import { modelNames, sampleCounts, unbroken } from "../sampling.ts";
import { evaluateCells } from "../scores.ts";
import type { Table } from "./table.ts";

/** Table of verdicts; without columns where nothing can be compared. */
export const verdicts: Table = {
  name: "verdicts",
  title: "Equivalent to the base?",
  table(results) {
    const { capabilities, plan } = results;
    const present = new Set(capabilities.map(({ capability }) => capability));
    const columns = [...Object.keys(CAPABILITIES), ALL_CAPABILITIES].filter((capability) =>
      present.has(capability)
    );
    const rows = methodsOf(plan).filter(({ id }) =>
      capabilities.some(({ variant }) => variant === id)
    );
    const margins = [...new Set(capabilities.flatMap(({ margin }) => margin ?? []))];
    return {
      name: "verdicts",
      caption:
        `Capabilities of ${
          modelNames(results)
        } under compression: the mean of their benchmarks' scores (${
          sampleCounts(capabilities.filter(({ n }) => n > 0))
        }), the difference from the base with its ${
          unbroken("90 %")
        } interval, and the verdict at a margin of ±${
          margins.join(", ±") || "0.05"
        } after Holm's correction over the methods of a model. In the last line, the share of resamples ` +
        "in which the method is on the Pareto front by stored bytes.",
      columns: rows.length === 0 ? [] : [
        { header: "Method", group: "", align: "left" },
        ...columns.map((capability) => ({
          header: capability === ALL_CAPABILITIES ? "over all" : CAPABILITIES[capability]!,
          group: "",
          align: "right" as const,
        })),
      ],
      rows: rows.map((method) => [
        { kind: "text", text: variantTitle(results, method) },
        ...columns.map((capability) => {
          const line = capabilities.find((line) =>
            line.variant === method.id && line.capability === capability
          );
          return cellOf(results, line, method.variants);
        }),
      ]),
    };
  },
};

function cellOf(
  results: Results,
  line: CapabilityLine | undefined,
  variants: string[],
): TableCell {
  if (!line) return { kind: "missing", why: "its benchmarks have no scores" };
  if (line.mean === null) return { kind: "missing", why: line.reason ?? "no reason was given" };
  const cells = line.benchmarks.split(", ").flatMap((benchmark) =>
    variants.flatMap((id) => evaluateCells(results, id, benchmark).map((cell) => cell.id))
  );
  const share = line.stored_bytes_front_share;
  const lines = [
    fixed(line.mean, 3),
    ...(line.difference === null ? [] : [
      "Δ " + withInterval(line.difference, line.low_90, line.high_90, (value) => signed(value, 3)),
      line.verdict ?? "",
    ]),
    ...(share === null ? [] : [`front ${fixed(share, 2)}`]),
  ];
  return { kind: "value", lines, cells };
}
