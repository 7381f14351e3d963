/**
 * The parts of a figure that would hold too much: one a model, and one a group of methods.
 *
 * @module
 */
import { type Draws, drawsOf } from "../draws.ts";
import type { Results } from "../results.ts";
import { bitsOf, cacheBitsOf, isPruned } from "../variant_kind.ts";
import type { FigureOptions, FigurePart } from "./figure.ts";

/** Methods that are shown together. */
export interface MethodGroup {
  /** Part of a file's name; empty for all of them. */
  name: string;
  /** What a title calls it; empty for all of them. */
  title: string;
  draws: Draws[];
  /** Of the same method and bits as one that is shown, and left out to keep the picture readable. */
  leftOut: Draws[];
}

/**
 * Groups of so few methods that one picture can show each: all, or quantized and pruned ones, the quantized
 * ones by bits where there are still too many.
 *
 * @param draws Of one model, compressed ones only.
 * @param all So many are shown in one picture.
 * @param most Most members of a group, where one picture cannot hold all.
 */
export function methodGroups(draws: readonly Draws[], all: number, most = all): MethodGroup[] {
  if (draws.length <= all) return draws.length === 0 ? [] : [whole("", "", [...draws], all)];
  const pruned = draws.filter(({ variants }) => isPruned(variants[0]!));
  const rest = draws.filter((one) => !pruned.includes(one));
  const bits = ({ variants: [variant] }: Draws) => bitsOf(variant!) ?? cacheBitsOf(variant!);
  const quantized = rest.filter((one) => bits(one) !== null);
  const byBits: [string, string, Draws[]][] = quantized.length <= most
    ? [["quantized", "quantized", quantized]]
    : [
      ["8-bits", "8 bits and more", quantized.filter((one) => bits(one)! > 4)],
      ["4-bits", "4 bits", quantized.filter((one) => bits(one) === 4)],
      ["3-bits", "3 bits and fewer", quantized.filter((one) => bits(one)! < 4)],
    ];
  const others = rest.filter((one) => bits(one) === null);
  const together = pruned.length > 0 && others.length > 0 && pruned.length + others.length <= most;
  const last: [string, string, Draws[]][] = together
    ? [["pruned", "pruned, and other methods", [...pruned, ...others]]]
    : [["pruned", "pruned", pruned], ["others", "other methods", others]];
  return [...byBits, ...last].filter(([, , own]) => own.length > 0)
    .map(([name, title, own]) => whole(name, title, own, most));
}

function whole(name: string, title: string, draws: Draws[], most: number): MethodGroup {
  if (draws.length <= most) return { name, title, draws, leftOut: [] };
  const kinds = new Set<string>();
  const firsts = draws.filter(({ method, variants: [variant] }) => {
    const kind = `${method} ${bitsOf(variant!)} ${cacheBitsOf(variant!)}`;
    return isPruned(variant!) || !kinds.has(kind) && kinds.add(kind);
  }).slice(0, most);
  return { name, title, draws: firsts, leftOut: draws.filter((one) => !firsts.includes(one)) };
}

/** How many methods a picture can show: all that there are, or a group of more. */
export interface Most {
  all: number;
  group?: number;
}

/** What one picture shows. */
export interface Shown {
  model: string;
  /** The model's baseline. */
  baseline: Draws;
  floors: Draws[];
  group: MethodGroup;
}

/**
 * What a picture of the options shows: the part that they name, or the first.
 *
 * @param has Tells whether there is anything to draw of a variant.
 * @returns Null where no model has a compressed variant to draw.
 */
export function shownPart(
  results: Results,
  options: Partial<FigureOptions>,
  most: Most,
  has: (variant: string) => boolean,
): Shown | null {
  return allShown(results, most, has).find(({ model, group }) =>
    (options.model === undefined || model === options.model) &&
    (options.group === undefined || group.name === options.group)
  ) ?? null;
}

/** The parts of a figure: one where a single picture holds all, none where there is nothing to draw. */
export function partsOf(
  results: Results,
  most: Most,
  has: (variant: string) => boolean,
): FigurePart[] {
  const all = allShown(results, most, has);
  const models = new Set(all.map(({ model }) => model));
  return all.map(({ model, group }) => {
    const names = [...models.size > 1 ? [model] : [], ...group.name === "" ? [] : [group.name]];
    const titles = [...models.size > 1 ? [model] : [], ...group.title === "" ? [] : [group.title]];
    return {
      name: names.join("-"),
      title: titles.join(", "),
      options: { model, group: group.name },
    };
  });
}

/** A picture a model, each model once. */
export function modelParts(models: Iterable<string>): FigurePart[] {
  return [...new Set(models)].map((model) => ({ name: model, title: model, options: { model } }));
}

function allShown(
  results: Results,
  most: Most,
  has: (variant: string) => boolean,
): Shown[] {
  const drawn = drawsOf(results).flatMap((draws) => {
    const variants = draws.variants.filter(({ id }) => has(id));
    return variants.length === 0 ? [] : [{ ...draws, variants }];
  });
  const baselines = drawsOf(results).filter(({ role }) => role === "baseline");
  return baselines.flatMap((baseline) => {
    const own = drawn.filter(({ model }) => model === baseline.model);
    const floors = own.filter(({ role }) => role === "floor");
    return methodGroups(own.filter(({ role }) => role === "compressed"), most.all, most.group)
      .map((group) => ({ model: baseline.model, baseline, floors, group }));
  });
}

/** ` Not drawn: RTN W4A16 g64.`, or nothing. */
export function leftOutText({ leftOut }: MethodGroup): string {
  return leftOut.length === 0
    ? ""
    : ` Not drawn, as another setting of a method shown: ${
      leftOut.map(({ title }) => title).join(", ")
    }.`;
}
