import { type Messages, ru } from "./ru.ts";

export const LOCALES = ["ru", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const KEY = "bookreader.locale";

/** The language of the app and its messages; Russian is at hand, English is fetched when wanted. */
class Language {
  locale: Locale = $state("ru");
  m: Messages = $state.raw(ru);

  async start(): Promise<void> {
    await this.use(chosen(localStorage.getItem(KEY), navigator.languages));
  }

  async choose(locale: Locale): Promise<void> {
    localStorage.setItem(KEY, locale);
    await this.use(locale);
  }

  private async use(locale: Locale): Promise<void> {
    this.m = locale === "en" ? (await import("./en.ts")).en : ru;
    this.locale = locale;
    document.documentElement.lang = locale;
  }
}

/** The stored choice; else Russian for whoever reads it, or any language near it, before English. */
export function chosen(stored: string | null, wishes: readonly string[]): Locale {
  if (stored === "ru" || stored === "en") return stored;
  for (const wish of wishes) {
    if (/^(ru|uk|be|kk|ky|tt|uz)\b/i.test(wish)) return "ru";
    if (/^en\b/i.test(wish)) return "en";
  }
  return "ru";
}

export const language = new Language();

/** The words of one part of the app: they travel with that part, in both languages, and not with the first page. */
export function wordsOf<Words>(both: Record<Locale, Words>): () => Words {
  return () => both[language.locale];
}
