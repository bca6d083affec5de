import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of the pages that letters lead to. */
export const letterWords = wordsOf({ ru, en });
