/** Text being read aloud: where it is, and how to go on behind its end. */
export interface Spoken {
  readonly text: string;
  readonly language: string | null;
  /** Points a sentence out and brings it into view. */
  follow(start: number, end: number): void;
  /** Goes to the next section; false at the book's end. */
  leaf(): Promise<boolean>;
}

export interface Sentence {
  start: number;
  end: number;
}

/** The sentence that holds an offset and all after it, without those that say nothing. */
export function sentencesFrom(text: string, language: string | null, offset: number): Sentence[] {
  const found: Sentence[] = [];
  for (const { index, segment } of new Intl.Segmenter(language ?? undefined, {
    granularity: "sentence",
  }).segment(text)) {
    const end = index + segment.trimEnd().length;
    const start = index + segment.length - segment.trimStart().length;
    if (end > offset && /[\p{L}\p{N}]/u.test(segment)) found.push({ start, end });
  }
  return found;
}

/** Reads on aloud, sentence by sentence, with the voices that the browser has. */
export class Speech {
  speaking = $state(false);
  /** Counts the readings: an utterance of an earlier one must not go on. */
  private turn = 0;

  constructor(
    private readonly spoken: Spoken,
    private readonly voices: SpeechSynthesis = speechSynthesis,
  ) {}

  async start(offset: number): Promise<void> {
    this.stop();
    this.turn += 1;
    const { turn } = this;
    this.speaking = true;
    let from = offset;
    do {
      for (const { start, end } of sentencesFrom(this.spoken.text, this.spoken.language, from)) {
        this.spoken.follow(start, end);
        const isSaid = await this.say(this.spoken.text.slice(start, end));
        if (turn !== this.turn) return;
        if (!isSaid) return this.stop();
      }
      from = 0;
    } while ((await this.spoken.leaf()) && turn === this.turn);
    if (turn === this.turn) this.stop();
  }

  stop(): void {
    this.turn += 1;
    this.speaking = false;
    this.voices.cancel();
  }

  private say(sentence: string): Promise<boolean> {
    const utterance = new SpeechSynthesisUtterance(sentence);
    if (this.spoken.language) utterance.lang = this.spoken.language;
    return new Promise((resolve) => {
      utterance.onend = () => resolve(true);
      utterance.onerror = () => resolve(false);
      this.voices.speak(utterance);
    });
  }
}
