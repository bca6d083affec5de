import { Problem } from "../api/problem.ts";
import type { Annotation, Colour, NewAnnotation } from "../api/types.ts";
import type { Place } from "../reader/sections.ts";
import { type Pending, pendingOf, putPending } from "./pending.ts";

export interface AnnotationStore {
  list(): Promise<Annotation[]>;
  keep(id: string, annotation: NewAnnotation): Promise<Annotation>;
  remove(id: string): Promise<void>;
}

const RETRY_MS = 15_000;
const LONGEST_QUOTE = 2_000;

/**
 * The bookmarks, highlights and notes of one book. A change is shown at once, written down in this browser, and
 * sent until the service has it; without an account (`store` is null) it stays in this browser.
 */
export class Notebook {
  items: Annotation[] = $state.raw([]);
  /** Changes that the service does not have yet. */
  unsent = $state(0);
  private pending: Pending;
  private sending = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly online = () => void this.send();

  constructor(
    private readonly bookId: string,
    private readonly store: AnnotationStore | null,
    private readonly newId: () => string = () => crypto.randomUUID(),
    private readonly now: () => string = () => new Date().toISOString(),
  ) {
    this.pending = pendingOf(bookId);
    this.show([]);
    addEventListener("online", this.online);
  }

  /** Fetches what the service has; what is unsent here lies over it. */
  async load(): Promise<void> {
    if (!this.store) return;
    await this.send();
    try {
      this.show(await this.store.list());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.online);
  }

  bookmarkAt(chapter: number, start: number, end: number): Annotation | null {
    const here = (item: Annotation) =>
      isBookmark(item) && item.chapter === chapter && item.start >= start && item.start < end;
    return this.items.find(here) ?? null;
  }

  bookmark(place: Place, quote: string): void {
    this.keep(this.newId(), {
      chapter: place.chapter,
      start: place.offset,
      end: place.offset,
      quote,
      colour: "yellow",
      note: "",
    });
  }

  highlight(chapter: number, start: number, end: number, quote: string, colour: Colour): string {
    const id = this.newId();
    this.keep(id, { chapter, start, end, quote, colour, note: "" });
    return id;
  }

  change(item: Annotation, to: Partial<Pick<Annotation, "colour" | "note">>): void {
    const { chapter, start, end, quote, colour, note } = { ...item, ...to };
    this.keep(item.id, { chapter, start, end, quote, colour, note });
  }

  remove(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
    this.tell(id, null);
  }

  private keep(id: string, annotation: NewAnnotation): void {
    const whole = { ...annotation, quote: annotation.quote.slice(0, LONGEST_QUOTE) };
    this.items = inOrder([...this.items.filter((item) => item.id !== id), this.local(id, whole)]);
    this.tell(id, whole);
  }

  private tell(id: string, change: NewAnnotation | null): void {
    this.pending = { ...this.pending, [id]: change };
    if (!this.store && change === null) delete this.pending[id];
    this.write();
    void this.send();
  }

  private write(): void {
    putPending(this.bookId, this.pending);
    this.unsent = this.store ? Object.keys(this.pending).length : 0;
  }

  /** Sends what waits, one after the other; what cannot be reached now is tried again. */
  private async send(): Promise<void> {
    if (!this.store || this.sending || this.stopped) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.next(); next; next = this.next()) await this.sendOne(...next);
    } catch {
      if (!this.stopped) this.timer = setTimeout(this.online, RETRY_MS);
    } finally {
      this.sending = false;
    }
  }

  private next(): [string, NewAnnotation | null] | undefined {
    return Object.entries(this.pending)[0];
  }

  private async sendOne(id: string, change: NewAnnotation | null): Promise<void> {
    try {
      if (change === null) await this.store?.remove(id);
      else await this.store?.keep(id, change);
    } catch (error) {
      // What the service will never take must not hold up the rest; what it may take later stays.
      if (!(error instanceof Problem) || ![404, 409, 422].includes(error.status)) throw error;
    }
    // A change made meanwhile is sent in its turn.
    if (this.pending[id] !== change) return;
    delete this.pending[id];
    this.write();
  }

  private show(stored: readonly Annotation[]): void {
    const own = Object.entries(this.pending).flatMap(([id, change]) =>
      change === null ? [] : [this.local(id, change)],
    );
    this.items = inOrder([...stored.filter(({ id }) => !(id in this.pending)), ...own]);
    this.unsent = this.store ? Object.keys(this.pending).length : 0;
  }

  private local(id: string, annotation: NewAnnotation): Annotation {
    const at = this.now();
    return { colour: "yellow", note: "", ...annotation, id, revision: "", created_at: at, updated_at: at };
  }
}

export function isBookmark({ start, end }: Pick<Annotation, "start" | "end">): boolean {
  return start === end;
}

function inOrder(items: Annotation[]): Annotation[] {
  return items.sort((a, b) => a.chapter - b.chapter || a.start - b.start || a.end - b.end);
}
