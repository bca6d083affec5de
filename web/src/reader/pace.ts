const KEY = "bookreader.pace";
/** Characters a minute of an unhurried adult reader; replaced by what is measured. */
const USUAL = 1_100;
const SLOWEST = 200;
const FASTEST = 5_000;

/** Measures the reader's own speed from page to page; leafing and long pauses do not count. */
export class Pace {
  private since: { characters: number; at: number } | null = null;
  private perMinute: number;

  constructor(
    private readonly now: () => number,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> = localStorage,
  ) {
    const known = Number(storage.getItem(KEY));
    this.perMinute = known >= SLOWEST && known <= FASTEST ? known : USUAL;
  }

  /** The reader is now this many characters into the book. */
  reached(characters: number): void {
    const before = this.since;
    this.since = { characters, at: this.now() };
    if (!before) return;
    const minutes = (this.since.at - before.at) / 60_000;
    const speed = (characters - before.characters) / minutes;
    if (minutes <= 0 || speed < SLOWEST || speed > FASTEST) return;
    this.perMinute = this.perMinute * 0.9 + speed * 0.1;
    this.storage.setItem(KEY, String(Math.round(this.perMinute)));
  }

  /** A jump is not reading. */
  jumped(): void {
    this.since = null;
  }

  minutesFor(characters: number): number {
    return Math.max(1, Math.round(characters / this.perMinute));
  }
}
