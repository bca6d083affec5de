import type { Locale } from "./index.svelte.ts";

/** Each language by its own name: it must be found by whoever cannot read the other one. */
export const LANGUAGE_NAMES: Record<Locale, string> = { ru: "Русский", en: "English" };
