import { getChapter } from "../api/books.ts";
import type { ChapterSummary } from "../api/types.ts";
import { type Hit, searchText } from "./search-text.ts";

export interface Found extends Hit {
  chapter: number;
}

const MOST = 300;
const AT_ONCE = 4;

/** A search through a whole book, chapter by chapter in reading order, in the browser. */
export class BookSearch {
  found: Found[] = $state.raw([]);
  /** Share of the book that has been looked through. */
  done = $state(1);
  failure: unknown = $state.raw(null);
  /** There was more than is shown. */
  cut = $state(false);
  private readonly texts = new Map<number, Promise<string>>();
  private running = 0;

  constructor(
    private readonly bookId: string,
    private readonly chapters: readonly ChapterSummary[],
  ) {}

  /** Words in all their forms; when there is none of these, words that begin like the last one. */
  async start(query: string): Promise<void> {
    this.running += 1;
    this.found = [];
    this.failure = null;
    this.cut = false;
    this.done = query.trim() === "" ? 1 : 0;
    if (this.done === 1) return;
    const { running } = this;
    try {
      await this.pass(query, false, running);
      if (running === this.running && this.found.length === 0) await this.pass(query, true, running);
    } catch (error) {
      if (running === this.running) this.failure = error;
    }
    if (running === this.running) this.done = 1;
  }

  stop(): void {
    this.running += 1;
  }

  private async pass(query: string, unfinished: boolean, running: number): Promise<void> {
    for (const [index, { index: chapter }] of this.chapters.entries()) {
      for (const ahead of this.chapters.slice(index, index + AT_ONCE))
        void this.text(ahead.index).catch(() => {});
      const text = await this.text(chapter);
      if (running !== this.running) return;
      const hits = searchText(text, query, unfinished).map((hit) => ({ ...hit, chapter }));
      if (hits.length > 0) this.found = [...this.found, ...hits].slice(0, MOST);
      this.done = (index + 1) / this.chapters.length;
      this.cut = this.found.length >= MOST;
      if (this.cut) return;
    }
  }

  private text(chapter: number): Promise<string> {
    const known = this.texts.get(chapter);
    if (known) return known;
    const loading = getChapter(this.bookId, chapter).then(({ text }) => text);
    loading.catch(() => this.texts.delete(chapter));
    this.texts.set(chapter, loading);
    return loading;
  }
}
