import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of the ways in: signing in and signing up. */
export const doorwayWords = wordsOf({ ru, en });
