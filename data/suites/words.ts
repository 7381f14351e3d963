/**
 * Words that several suites draw from. The lists are short: a vocabulary of 1,024 tokens holds most
 * of these words whole.
 *
 * @module
 */

/** First names. */
export const PEOPLE = (
  "Anna Ben Cara Dan Emma Finn Gina Hugo Ida Jack Kira Leo Mara Nils Olga Paul Rita Sam Tina Udo " +
  "Vera Will Xena Yara Zoe Alma Boris Clara David Elsa Frank Greta Henri Ines Jonas Karl Lina Max " +
  "Nora Otto Petra Quinn Rosa Simon Tara Uma Viktor Wanda"
).split(" ");

/** Cities. */
export const CITIES = (
  "Oslo Rome Paris Berlin Madrid Lima Cairo Delhi Tokyo Quito Riga Bern Vienna Dublin Athens Lagos"
).split(" ");

/** Days of the week. */
export const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
