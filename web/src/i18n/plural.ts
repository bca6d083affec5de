export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** "5 книг", "21 book": a number with the right form of its noun. */
export function plurals(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => `${numbers.format(count)} ${forms[rules.select(count)] ?? forms.other}`;
}
