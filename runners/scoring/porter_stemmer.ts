/**
 * Porter's stemmer (Program 14.3, 1980) with the extensions of NLTK, its default mode.
 *
 * @module
 */

const IRREGULAR = new Map(Object.entries({
  sky: "sky",
  skies: "sky",
  dying: "die",
  lying: "lie",
  tying: "tie",
  news: "news",
  innings: "inning",
  inning: "inning",
  outings: "outing",
  outing: "outing",
  cannings: "canning",
  canning: "canning",
  howe: "howe",
  proceed: "proceed",
  exceed: "exceed",
  succeed: "succeed",
}));

type Condition = (stem: string) => boolean;

/** A suffix, what replaces it, and what the stem before it must fulfil. */
type Rule = [suffix: string, replacement: string, condition?: Condition];

/**
 * The stem of a lower-case word.
 *
 * @example
 * ```ts
 * import { porterStem } from "./porter_stemmer.ts";
 * porterStem("sandwiches"); // "sandwich"
 * ```
 */
export function porterStem(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length <= 2) return word;
  let stem = thirdPerson(word);
  stem = pastAndGerund(stem);
  stem = applyFirst(stem, [["y", "i", (s) => s.length > 1 && endsInConsonant(s)]]);
  stem = doubleSuffixes(stem);
  stem = applyFirst(stem, STEP_3);
  stem = applyFirst(stem, STEP_4);
  stem = finalE(stem);
  return stem.endsWith("ll") && measure(stem.slice(0, -1)) > 1 ? stem.slice(0, -1) : stem;
}

/** The first rule whose suffix fits decides, whether or not its condition holds. */
function applyFirst(word: string, rules: readonly Rule[]): string {
  for (const [suffix, replacement, condition] of rules) {
    if (!word.endsWith(suffix)) continue;
    const stem = word.slice(0, word.length - suffix.length);
    return condition === undefined || condition(stem) ? stem + replacement : word;
  }
  return word;
}

/** Step 1a. */
function thirdPerson(word: string): string {
  if (word.length === 4 && word.endsWith("ies")) return word.slice(0, -1);
  return applyFirst(word, [["sses", "ss"], ["ies", "i"], ["ss", "ss"], ["s", ""]]);
}

/** Step 1b. */
function pastAndGerund(word: string): string {
  if (word.endsWith("ied")) return word.length === 4 ? word.slice(0, -1) : word.slice(0, -2);
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const suffix = ["ed", "ing"].find((end) =>
    word.endsWith(end) && containsVowel(word.slice(0, word.length - end.length))
  );
  if (suffix === undefined) return word;
  const stem = word.slice(0, word.length - suffix.length);
  if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) return `${stem}e`;
  if (endsInDoubleConsonant(stem)) {
    return "lsz".includes(stem.at(-1)!) ? stem : stem.slice(0, -1);
  }
  return measure(stem) === 1 && endsInCvc(stem) ? `${stem}e` : stem;
}

const positive: Condition = (stem) => measure(stem) > 0;
const aboveOne: Condition = (stem) => measure(stem) > 1;

function rules(condition: Condition, pairs: [string, string][]): Rule[] {
  return pairs.map(([suffix, replacement]) => [suffix, replacement, condition]);
}

const STEP_2 = rules(positive, [
  ["ational", "ate"],
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["izer", "ize"],
  ["bli", "ble"],
  ["alli", "al"],
  ["entli", "ent"],
  ["eli", "e"],
  ["ousli", "ous"],
  ["ization", "ize"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["iveness", "ive"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["aliti", "al"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["fulli", "ful"],
]);
/** NLTK counts the l of "logi" with the stem, so that "theologi" becomes "theolog". */
STEP_2.push(["logi", "log", (stem) => measure(`${stem}l`) > 0]);

const STEP_3 = rules(positive, [
  ["icate", "ic"],
  ["ative", ""],
  ["alize", "al"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
]);

const STEP_4: Rule[] = [
  ...rules(
    aboveOne,
    ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent"]
      .map((suffix) => [suffix, ""]),
  ),
  ["ion", "", (stem) => measure(stem) > 1 && /[st]$/.test(stem)],
  ...rules(
    aboveOne,
    ["ou", "ism", "ate", "iti", "ous", "ive", "ize"].map((suffix) => [suffix, ""]),
  ),
];

/** Step 2; NLTK runs it again after "alli" became "al". */
function doubleSuffixes(word: string): string {
  if (word.endsWith("alli") && positive(word.slice(0, -4))) {
    return doubleSuffixes(word.slice(0, -2));
  }
  return applyFirst(word, STEP_2);
}

/** Step 5a. */
function finalE(word: string): string {
  if (!word.endsWith("e")) return word;
  const stem = word.slice(0, -1);
  const m = measure(stem);
  return m > 1 || m === 1 && !endsInCvc(stem) ? stem : word;
}

/** Whether each letter is a consonant: not a, e, i, o, u, nor a y after a consonant. */
function consonants(word: string): boolean[] {
  const flags: boolean[] = [];
  for (let i = 0; i < word.length; i++) {
    flags.push(word[i] === "y" ? i === 0 || !flags[i - 1] : !"aeiou".includes(word[i]!));
  }
  return flags;
}

/** How often a vowel is followed by a consonant. */
function measure(stem: string): number {
  const flags = consonants(stem);
  return flags.filter((isConsonant, i) => i > 0 && isConsonant && !flags[i - 1]).length;
}

function containsVowel(stem: string): boolean {
  return consonants(stem).includes(false);
}

function endsInConsonant(word: string): boolean {
  return consonants(word).at(-1) === true;
}

function endsInDoubleConsonant(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && endsInConsonant(word);
}

/** Consonant, vowel, consonant other than w, x, y; NLTK adds a word of one vowel and one consonant. */
function endsInCvc(word: string): boolean {
  const flags = consonants(word);
  if (word.length === 2) return !flags[0]! && flags[1]!;
  return word.length >= 3 && flags.at(-3)! && !flags.at(-2)! && flags.at(-1)! &&
    !"wxy".includes(word.at(-1)!);
}
