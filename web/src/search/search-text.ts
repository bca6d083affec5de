import { fold, wordsOf } from "./word-forms.ts";

export interface Hit {
  start: number;
  end: number;
  before: string;
  match: string;
  after: string;
}

const AROUND = 48;
/** Words that may stand between two words that were asked for together. */
const GAP = 1;

/**
 * Every place in a text where the words of a query follow each other, in any of their forms; with
 * `unfinished`, the last word may be the beginning of one.
 */
export function searchText(text: string, query: string, unfinished = false): Hit[] {
  const wanted = wordsOf(query);
  const last = wanted.at(-1);
  if (!last) return [];
  const beginning = fold(query.slice(last.start, last.end));
  const words = wordsOf(text);
  const hits: Hit[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const end = matchFrom(at);
    if (end === null) continue;
    const start = words[at]?.start ?? 0;
    if (start >= (hits.at(-1)?.end ?? 0)) hits.push(hit(text, start, end));
  }
  return hits;

  function matchFrom(at: number): number | null {
    let next = at;
    for (const [index, word] of wanted.entries()) {
      const isLast = index === wanted.length - 1;
      const limit = index === 0 ? next : next + GAP;
      while (next <= limit && !fits(next, word.stem, isLast)) next += 1;
      if (next > limit) return null;
      next += 1;
    }
    return words[next - 1]?.end ?? null;
  }

  function fits(at: number, stem: string, isLast: boolean): boolean {
    const word = words[at];
    if (!word) return false;
    if (word.stem === stem) return true;
    return unfinished && isLast && fold(text.slice(word.start, word.end)).startsWith(beginning);
  }
}

function hit(text: string, start: number, end: number): Hit {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  return {
    start,
    end,
    before: from > 0 ? `…${before.slice(before.indexOf(" ") + 1)}` : before,
    match: text.slice(start, end),
    after: to < text.length ? `${after.slice(0, after.lastIndexOf(" ") + 1)}…` : after,
  };
}
