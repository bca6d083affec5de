import { wordsOf } from "../index.svelte.ts";
import { en } from "./en.ts";
import { ru } from "./ru.ts";

/** The words of pictures: the dialog over the page, galleries. */
export const pictureWords = wordsOf({ ru, en });
