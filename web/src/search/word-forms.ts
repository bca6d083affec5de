import { russianStem } from "./russian-stem.ts";

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;
const CYRILLIC = /[а-я]/;

export interface Word {
  /** What all forms of the word share. */
  stem: string;
  start: number;
  end: number;
}

const stems = new Map<string, string>();
const REMEMBERED = 60_000;

/** The words of a text with the stems of their forms; offsets count UTF-16 units. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    words.push({ stem: stemOf(found[0]), start: found.index, end: found.index + found[0].length });
  }
  return words;
}

export function fold(word: string): string {
  return word.toLowerCase().replaceAll("ё", "е").replaceAll("’", "'");
}

function stemOf(form: string): string {
  const known = stems.get(form);
  if (known !== undefined) return known;
  const folded = fold(form);
  const stem = CYRILLIC.test(folded) ? russianStem(folded) : englishStem(folded);
  if (stems.size >= REMEMBERED) stems.clear();
  stems.set(form, stem);
  return stem;
}

/** The regular endings of English; enough to find "walked" and "candles" by "walk" and "candle". */
function englishStem(word: string): string {
  let stem = word.replace(/'s?$/, "");
  if (stem.length > 4)
    stem = stem
      .replace(/(?:ss)es$/, "ss")
      .replace(/ies$/, "y")
      .replace(/ied$/, "y");
  if (stem.length > 3 && !/(?:ss|us|is)$/.test(stem)) stem = stem.replace(/s$/, "");
  if (/[aeiouy].*(?:ed|ing)$/.test(stem) && stem.length > 4) {
    const bare = stem.replace(/(?:ed|ing)$/, "");
    if (/[aeiouy]/.test(bare)) stem = bare.replace(/([^aeiouylsz])\1$/, "$1");
  }
  return stem.length > 3 ? stem.replace(/e$/, "") : stem;
}
