/**
 * The Snowball stemmer for Russian (M. F. Porter): the part of a word that its forms share. It works by
 * endings alone, so rare words and names need no dictionary. Expects lower case with ё as е.
 */
const VOWEL = /[аеиоуыэюя]/;

const PERFECTIVE = /(?:(?<=[ая])(?:в|вши|вшись)|(?:ив|ивши|ившись|ыв|ывши|ывшись))$/;
const REFLEXIVE = /(?:ся|сь)$/;
const ADJECTIVE = /(?:ее|ие|ые|ое|ими|ыми|ей|ий|ый|ой|ем|им|ым|ом|его|ого|ему|ому|их|ых|ую|юю|ая|яя|ою|ею)$/;
const PARTICIPLE = /(?:(?<=[ая])(?:ем|нн|вш|ющ|щ)|(?:ивш|ывш|ующ))$/;
const VERB =
  /(?:(?<=[ая])(?:ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно)|(?:ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю))$/;
const NOUN =
  /(?:иями|ями|ами|ией|иям|ием|иях|ев|ов|ие|ье|еи|ии|ей|ой|ий|ям|ем|ам|ом|ах|ях|ию|ью|ия|ья|а|е|и|й|о|у|ы|ь|ю|я)$/;
const DERIVATIONAL = /(?:ост|ость)$/;
const SUPERLATIVE = /(?:ейш|ейше)$/;

export function russianStem(word: string): string {
  const first = word.search(VOWEL);
  if (first < 0) return word;
  const head = word.slice(0, first + 1);
  let tail = word.slice(first + 1);

  const perfective = longest(tail, PERFECTIVE);
  if (perfective !== null) {
    tail = perfective;
  } else {
    tail = longest(tail, REFLEXIVE) ?? tail;
    const adjective = longest(tail, ADJECTIVE);
    if (adjective !== null) tail = longest(adjective, PARTICIPLE) ?? adjective;
    else tail = longest(tail, VERB) ?? longest(tail, NOUN) ?? tail;
  }
  if (tail.endsWith("и")) tail = tail.slice(0, -1);
  const region = secondRegion(word) - head.length;
  const derivational = DERIVATIONAL.exec(tail);
  if (derivational && derivational.index >= region) tail = tail.slice(0, derivational.index);
  if (tail.endsWith("нн")) tail = tail.slice(0, -1);
  else if (SUPERLATIVE.test(tail)) tail = tail.replace(SUPERLATIVE, "").replace(/нн$/, "н");
  else if (tail.endsWith("ь")) tail = tail.slice(0, -1);
  return head + tail;
}

/** The tail without its longest such ending; null without one. */
function longest(tail: string, ending: RegExp): string | null {
  const found = ending.exec(tail);
  return found ? tail.slice(0, found.index) : null;
}

/** Where the region begins that is behind the second vowel-consonant pair. */
function secondRegion(word: string): number {
  const pair = /[аеиоуыэюя][^аеиоуыэюя]/g;
  if (!pair.exec(word)) return word.length;
  return pair.exec(word) ? pair.lastIndex : word.length;
}
