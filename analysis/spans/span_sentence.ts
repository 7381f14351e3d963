/**
 * Where the damage sits, in a sentence.
 *
 * @module
 */
import type { SpanLine } from "../../data/result_schema.ts";
import type { Method } from "../methods.ts";
import { listed, plural, significant } from "../numbers.ts";

/** Less KL a token than this, in nats, is no damage: another engine's rounding alone gave 1e-12 (analysis/README.md). */
const LEAST_DAMAGE = 1e-6;

/** One sentence for each environment and model: in which span, a token, the methods stray further from the base. */
export function damageSentences(
  lines: readonly SpanLine[],
  methods: readonly Pick<Method, "id" | "model" | "title">[],
): string[] {
  const of = new Map(methods.map((method) => [method.id, method]));
  const groups = new Map<string, SpanLine[]>();
  for (const line of lines) {
    if (line.metric !== "kl_divergence") continue;
    const key = `${of.get(line.variant)!.model}, ${line.benchmark}`;
    groups.set(key, [...groups.get(key) ?? [], line]);
  }
  return [...groups].map(([key, own]) =>
    `${key}: ${sentence(own, (line) => of.get(line.variant)!.title)}`
  );
}

/** A method's two spans and their difference. */
interface Damage {
  title: string;
  reason: SpanLine;
  act: SpanLine;
  contrast: SpanLine;
}

function sentence(lines: SpanLine[], titleOf: (line: SpanLine) => string): string {
  const found = damages(lines, titleOf);
  const hurt = found.filter(({ reason, act }) => Math.max(reason.mean!, act.mean!) >= LEAST_DAMAGE);
  if (found.length === 0) return "no method has tokens of both spans.";
  if (hurt.length === 0) return "no method strays from the base, in [REASON] or in [ACT].";
  const inReason = hurt.filter(({ contrast: { high } }) => high !== null && high < 0);
  const inAct = hurt.filter(({ contrast: { low } }) => low !== null && low > 0);
  const open = hurt.filter((one) => !inReason.includes(one) && !inAct.includes(one));
  const told = [
    ...inReason.length > 0 ? [`larger in [REASON] for ${titles(inReason)}`] : [],
    ...inAct.length > 0 ? [`larger in [ACT] for ${titles(inAct)}`] : [],
    ...open.length > 0 ? [`not told apart for ${titles(open)}`] : [],
  ];
  const most = hurt.toSorted((a, b) =>
    Math.max(b.reason.mean!, b.act.mean!) - Math.max(a.reason.mean!, a.act.mean!)
  )[0]!;
  return `the damage (KL from the base a token, paired over episodes) is ${told.join("; ")}. ` +
    `Most damaged: ${words(most)}.`;
}

function damages(lines: SpanLine[], titleOf: (line: SpanLine) => string): Damage[] {
  return [...Map.groupBy(lines, ({ variant }) => variant).values()].flatMap((own) => {
    const of = (span: string) => own.find(({ parameter }) => parameter === `span=${span}`);
    const [reason, act, contrast] = [of("reason"), of("act"), of("act-reason")];
    return reason && act && contrast && reason.mean !== null && act.mean !== null &&
        contrast.mean !== null
      ? [{ title: titleOf(reason), reason, act, contrast }]
      : [];
  });
}

function words({ title, reason, act, contrast }: Damage): string {
  const { low, high, n } = contrast;
  const interval = low === null || high === null
    ? ""
    : `, difference ${short(contrast.mean!)}, 95 % interval ${short(low)} to ${short(high)}`;
  return `${title}, ${short(act.mean!)} nats in [ACT] against ${short(reason.mean!)} in [REASON]` +
    `${interval} (${plural(n, "episode")})`;
}

/** Nats, as tables have them. */
const short = (value: number) => significant(value, 3);
const titles = (damages: Damage[]) => listed(damages.map(({ title }) => title));
