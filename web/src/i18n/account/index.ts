import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of the account page. */
export const accountWords = wordsOf({ ru, en });
