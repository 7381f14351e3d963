/**
 * What to choose, in a sentence.
 *
 * @module
 */
import type { CapabilityLine } from "../../data/result_schema.ts";
import { fixed, listed, plural } from "../numbers.ts";
import { ALL_CAPABILITIES, CAPABILITIES } from "./capability.ts";

/**
 * How the question ended: a smaller method is `equivalent` to the base (or better); the data cannot tell
 * (`undecided`); every smaller one is worse (`none`); or there was nothing to choose between (`no data`).
 */
export type Outcome = "equivalent" | "undecided" | "none" | "no data";

/** The choice for one model and capability. */
export interface Choice {
  model: string;
  capability: string;
  outcome: Outcome;
  /** The method that the sentence is about; null where it names none. */
  variant: string | null;
  /** Samples that would show that method's equivalence, were it as good; null where that is not the question. */
  samplesNeeded: number | null;
  sentence: string;
}

/** Samples named as such; above, and where calibration seeds set a limit, the sentence says why. */
const MOST_SAMPLES = 100_000;

/**
 * One choice for each model and capability, in the order of the lines: the method with the fewest stored bytes that is
 * equivalent to the base at the margin, or what is known instead.
 */
export function choices(lines: readonly CapabilityLine[]): Choice[] {
  const groups = new Map<string, CapabilityLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.model, line.capability]);
    groups.set(key, [...groups.get(key) ?? [], line]);
  }
  return [...groups.values()].map((group) => {
    const { model, capability } = group[0]!;
    const others = lines.filter((line) =>
      line.model === model && line.capability !== ALL_CAPABILITIES
    );
    const { outcome, about, words, samplesNeeded = null } = decide(group, others);
    const variant = about?.variant ?? null;
    const sentence = `${model}, ${capabilityName(capability)}: ${words}`;
    return { model, capability, outcome, variant, samplesNeeded, sentence };
  });
}

/** What a sentence calls a capability. */
export function capabilityName(capability: string): string {
  return capability === ALL_CAPABILITIES ? "over all" : CAPABILITIES[capability] ?? capability;
}

interface Decision {
  outcome: Outcome;
  about?: CapabilityLine;
  words: string;
  samplesNeeded?: number | null;
}

function decide(group: CapabilityLine[], others: CapabilityLine[]): Decision {
  const base = group.find(({ baseline }) => baseline);
  const judged = group.filter(({ baseline, verdict }) => !baseline && verdict !== null);
  if (base === undefined || base.mean === null) {
    return { outcome: "no data", words: "the base has no score to compare with." };
  }
  if (judged.length === 0) return { outcome: "no data", words: "no other method has a score." };
  // Where there is nothing to lose, a wreck would be called equivalent.
  const { margin: allowed } = judged[0]!;
  if (allowed !== null && base.mean <= allowed) {
    const words = `the base itself scores ${score(base.mean)}, no more than the margin of ` +
      `${allowed}: there is nothing to lose, so nothing to choose.`;
    return { outcome: "no data", words };
  }
  if (base.stored_bytes === null || judged.every(({ stored_bytes }) => stored_bytes === null)) {
    return withoutCost(judged);
  }
  const share = (line: CapabilityLine) => line.stored_bytes! / base.stored_bytes!;
  const smaller = judged.filter((line) => line.stored_bytes !== null && share(line) < 1)
    .sort((a, b) => share(a) - share(b) || b.mean! - a.mean!);
  if (smaller.length === 0) {
    return {
      outcome: "no data",
      words: "no method with a score has fewer stored bytes than the base.",
    };
  }
  const name = (line: CapabilityLine) =>
    `${line.title} (${percent(share(line))} of the base's stored bytes)`;
  const cheapest = smaller.find(isAsGood);
  const open = smaller.filter(({ verdict }) => verdict === "undecided");
  if (cheapest) {
    const cheaper = open.filter((line) => share(line) < share(cheapest));
    const good = cheapest.verdict === "better" ? "better than" : "equivalent to";
    return {
      outcome: "equivalent",
      about: cheapest,
      words: `${name(cheapest)} is the cheapest method that is ${good} the base: ` +
        `${difference(cheapest)}${
          good === "equivalent to" ? `, within ${margin(cheapest)}` : ""
        }.` +
        (cheaper.length === 0 ? "" : ` Smaller, but undecided: ${titles(cheaper)}.`) +
        elsewhere(cheapest, others),
    };
  }
  if (open.length > 0) {
    const nearest = open.toSorted((a, b) => b.low_90! - a.low_90!)[0]!;
    return {
      outcome: "undecided",
      about: nearest,
      samplesNeeded: nearest.samples_needed,
      words: `the data cannot tell whether a smaller method is equivalent to the base within ` +
        `${margin(nearest)}. Nearest to it is ${name(nearest)}: ${difference(nearest)}. ` +
        needed(nearest),
    };
  }
  const least = smaller.toSorted((a, b) => b.difference! - a.difference!)[0]!;
  return {
    outcome: "none",
    about: least,
    words: `no smaller method is equivalent to the base within ${margin(least)}: ` +
      (smaller.length === 1
        ? "the only one is worse, "
        : `all ${smaller.length} are worse. Least so is `) +
      `${name(least)}: ${difference(least)}.`,
  };
}

/** Results from elsewhere come without checkpoints: what is equivalent can be said, what is cheapest cannot. */
function withoutCost(judged: CapabilityLine[]): Decision {
  const good = judged.filter(isAsGood);
  const open = judged.filter(({ verdict }) => verdict === "undecided");
  const unknown = "No stored bytes are known, so none can be called the cheapest.";
  if (good.length > 0) {
    const words = `equivalent to the base within ${margin(good[0]!)}: ${titles(good)}. ${unknown}`;
    return { outcome: "equivalent", words };
  }
  if (open.length === 0) {
    const words = `no method is equivalent to the base within ${
      margin(judged[0]!)
    }: all are worse.`;
    return { outcome: "none", words };
  }
  const nearest = open.toSorted((a, b) => b.low_90! - a.low_90!)[0]!;
  return {
    outcome: "undecided",
    about: nearest,
    samplesNeeded: nearest.samples_needed,
    words: `the data cannot tell whether a method is equivalent to the base within ` +
      `${margin(nearest)}. Nearest to it is ${nearest.title}: ${difference(nearest)}. ` +
      needed(nearest),
  };
}

function isAsGood({ verdict }: CapabilityLine): boolean {
  return verdict === "equivalent" || verdict === "better";
}

/** Of the choice over all capabilities, those in which the same method is not shown to be as good. */
function elsewhere(chosen: CapabilityLine, others: CapabilityLine[]): string {
  if (chosen.capability !== ALL_CAPABILITIES) return "";
  const own = others.filter(({ variant }) => variant === chosen.variant);
  const named = (verdict: string) =>
    own.filter((line) => line.verdict === verdict).map(({ capability }) =>
      capabilityName(capability)
    );
  const notes = [
    ...["worse", "undecided"].flatMap((verdict) => {
      const names = named(verdict);
      return names.length === 0 ? [] : [`${verdict} in ${listed(names)}`];
    }),
  ];
  return notes.length === 0
    ? " So it is in every single capability."
    : ` By itself it is ${notes.join(", and ")}.`;
}

function difference(
  { mean, baseline_mean, difference, low_90, high_90, n }: CapabilityLine,
): string {
  return `${score(mean!)} against ${score(baseline_mean!)}, a difference of ${
    score(difference!)
  } ` +
    `(90 % interval ${score(low_90!)} to ${score(high_90!)}, ${plural(n, "sample")})`;
}

function needed({ n, samples_needed }: CapabilityLine): string {
  if (samples_needed === null) return "";
  if (samples_needed === Infinity) {
    return "No number of samples would show it: its calibration seeds differ too much; take more of them.";
  }
  if (samples_needed <= n) {
    return "For so many samples its difference is too near to the margin, or the methods tested with it are too many.";
  }
  return samples_needed > MOST_SAMPLES
    ? `More than ${MOST_SAMPLES} samples would be needed to show it.`
    : `Were it in truth as good, about ${twoDigits(samples_needed)} samples would show it.`;
}

const score = (value: number) => fixed(value, 3);
const twoDigits = (count: number) => Number(count.toPrecision(2));
const margin = (line: CapabilityLine) => `±${line.margin}`;
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const titles = (lines: CapabilityLine[]) => listed(lines.map(({ title }) => title));
