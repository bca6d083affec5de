import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of the administration. */
export const adminWords = wordsOf({ ru, en });
