import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of the panels beside the page. */
export const panelWords = wordsOf({ ru, en });
