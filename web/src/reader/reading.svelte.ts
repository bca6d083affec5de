import { listChapters } from "../api/books.ts";
import { type Stop, watchBook } from "../api/events.ts";
import type { putPosition } from "../api/positions.ts";
import type { Book, Description, Position, TocEntry } from "../api/types.ts";
import type { Messages } from "../i18n/ru.ts";
import type { ChapterView } from "./chapter-view.ts";
import { Chapters } from "./chapters.ts";
import { deviceName } from "./device.ts";
import { rememberedFurthest, rememberFurthest } from "./furthest.ts";
import { putLocalPlace } from "./local-places.ts";
import type { Passage } from "./marks.ts";
import { takeOpening } from "./opening.ts";
import { Pace } from "./pace.ts";
import { sendPlace, unsentPlace } from "../offline/unsent-places.ts";
import { PlaceKeeper } from "./place-keeper.ts";
import { furthest, type Place, type Section, Spine } from "./sections.ts";

/** A chapter's text does not wait longer than this for its marks. */
const MARKS_WAIT_MS = 350;
const QUOTE_LENGTH = 60;

/** A book being read: which section is laid out, where in it the reader is, and how that is kept. */
export class Reading {
  book: Book | null = $state.raw(null);
  contents: TocEntry[] = $state.raw([]);
  spine: Spine | null = $state.raw(null);
  section: Section | null = $state.raw(null);
  descriptions: Description[] = $state.raw([]);
  place: Place = $state.raw({ chapter: 0, offset: 0 });
  furthest: Place = $state.raw({ chapter: 0, offset: 0 });
  page = $state(0);
  pageCount = $state(1);
  failure: unknown = $state.raw(null);
  waiting = $state(false);
  opened = $state(false);
  conflict: Position | null = $state.raw(null);
  cameFrom: Place | null = $state.raw(null);

  readonly fraction = $derived.by(() => {
    if (!this.spine) return 0;
    const atEnd = this.section?.index === this.spine.sections.length - 1 && this.page >= this.pageCount - 1;
    return atEnd ? 1 : this.spine.fractionAt(this.place);
  });
  readonly minutesLeft = $derived.by(() =>
    this.pace.minutesFor((this.spine?.length ?? 0) * (1 - this.fraction)),
  );

  private readonly chapters: Chapters;
  private readonly keeper: PlaceKeeper;
  private view: ChapterView | null = null;
  private stopWatching: Stop = () => {};
  private showing = 0;
  /** The reader came in by the section's end and has not turned since: marks that come late move that end. */
  private stillAtEnd = false;

  constructor(
    private readonly bookId: string,
    private readonly signedIn: boolean,
    private readonly messages: () => Messages,
    private readonly pace = new Pace(() => performance.now()),
  ) {
    this.chapters = new Chapters(bookId);
    const put = signedIn
      ? (place: Parameters<typeof putPosition>[1], keepalive: boolean) => sendPlace(bookId, place, keepalive)
      : async (place: Parameters<typeof putPosition>[1]) => putLocalPlace(bookId, place);
    this.keeper = new PlaceKeeper({ put }, deviceName(), (elsewhere) => {
      this.conflict = elsewhere;
    });
  }

  attach(view: ChapterView): void {
    this.view = view;
  }

  /** Opens the book at a wished place, else where it was left, else where the story begins. */
  async open(wished: Place | null): Promise<void> {
    this.failure = null;
    try {
      const opening = takeOpening(this.bookId, this.signedIn);
      const [book, stored, early] = await Promise.all([opening.book, opening.stored, opening.chapters]);
      this.book = book;
      if (book.status === "importing" || book.status === "failed") {
        this.wait(wished);
        return;
      }
      const chapters = early ?? (await listChapters(this.bookId));
      this.contents = chapters.contents;
      this.spine = new Spine(chapters.items);
      const unsent = this.signedIn ? unsentPlace(this.bookId) : null;
      const isLatest = unsent !== null && unsent.expected_version === (stored?.version ?? 0);
      const here = isLatest ? unsent : stored;
      const place = wished ?? here ?? { chapter: book.start_chapter, offset: 0 };
      this.furthest = furthest(rememberedFurthest(this.bookId), stored ?? { chapter: 0, offset: 0 });
      await this.show(this.spine.sectionAt(place), place.offset);
      this.opened = true;
      this.keeper.restored(this.place, stored);
      if (wished && here && !same(wished, here)) this.cameFrom = here;
      // Read here without a network, and elsewhere since: the reader can go back to this device's place.
      if (unsent && !isLatest && !wished) this.cameFrom = unsent;
      if (book.status === "describing") this.watch(() => this.refreshMarks());
    } catch (error) {
      this.failure = error;
    }
  }

  close(): void {
    this.stopWatching();
    this.keeper.stop();
  }

  /** Saves the place at once: the page may be about to go away. */
  flush(): void {
    this.keeper.flush();
  }

  chapterTitle(index: number): string {
    return this.spine?.chapter(index)?.title || this.messages().book.chapter(index + 1);
  }

  /** The view has settled at an offset within the section. */
  moved(offset: number): void {
    if (!this.section) return;
    this.stillAtEnd = false;
    this.arrive(this.section.start + offset);
    this.keeper.moved(this.place);
  }

  async leaf(direction: -1 | 1): Promise<void> {
    const next = this.spine?.at((this.section?.index ?? 0) + direction);
    if (!next) return;
    await this.attempt(next, direction < 0 ? "end" : next.start);
  }

  /** Goes somewhere else in the book; the way back is offered. */
  async jump(place: Place, offerReturn = true): Promise<void> {
    if (!this.spine) return;
    const from = this.place;
    const section = this.spine.sectionAt(place);
    if (section === this.section) {
      this.view?.goTo(place.offset - section.start);
      this.arrive(section.start + (this.view?.offset ?? 0));
      this.keeper.moved(this.place);
    } else {
      await this.attempt(section, place.offset);
    }
    this.pace.jumped();
    if (offerReturn && !same(from, this.place)) this.cameFrom = from;
  }

  async goBack(): Promise<void> {
    const to = this.cameFrom;
    this.cameFrom = null;
    if (to) await this.jump(to, false);
  }

  async goElsewhere(): Promise<void> {
    const elsewhere = this.conflict;
    this.conflict = null;
    if (!elsewhere) return;
    this.keeper.acceptElsewhere();
    await this.jump(elsewhere);
  }

  stayHere(): void {
    this.conflict = null;
    this.keeper.keepHere(this.place);
  }

  /** Another layout has moved the pages under the same place. */
  relaid(): void {
    this.page = this.view?.pageNumber ?? 0;
    this.pageCount = this.view?.pageCount ?? 1;
  }

  /** The note that a reference points to, from wherever in the book it is. */
  async noteAt(link: HTMLAnchorElement): Promise<HTMLElement | null> {
    const id = decodeURIComponent(link.hash.slice(1));
    const here = this.view?.element(id);
    if (here) return here;
    const chapter = Number(link.dataset.chapter);
    if (!this.spine || !Number.isInteger(chapter)) return null;
    const section = this.spine.sectionAt({ chapter, offset: Number(link.dataset.offset ?? 0) });
    const template = document.createElement("template");
    template.innerHTML = await this.chapters.text(section);
    return template.content.querySelector<HTMLElement>(`#${CSS.escape(id)}`);
  }

  private async attempt(section: Section, at: number | "end"): Promise<void> {
    try {
      await this.show(section, at);
      this.keeper.moved(this.place);
    } catch (error) {
      this.failure = error;
    }
  }

  private async show(section: Section, at: number | "end"): Promise<void> {
    if (!this.spine || !this.view) return;
    this.showing += 1;
    const { showing } = this;
    const described = this.chapters.descriptions(section.chapter).catch((): Description[] => []);
    const html = await this.chapters.text(section);
    const early = await Promise.race([described, delay(MARKS_WAIT_MS)]);
    if (showing !== this.showing) return;
    this.section = section;
    this.descriptions = early ?? [];
    this.mount(html, at === "end" ? "end" : Math.max(0, at - section.start));
    this.stillAtEnd = at === "end";
    this.failure = null;
    if (early === null) void described.then((late) => this.remount(late, html, showing));
    requestIdle(() => this.chapters.prefetch(this.spine?.at(section.index + 1) ?? null));
  }

  private mount(html: string, at: number | "end"): void {
    const { section, spine, view } = this;
    if (!section || !spine || !view) return;
    const neighbour = (index: number) => {
      const other = spine.at(index);
      return other ? (other.chapter === section.chapter ? "" : this.chapterTitle(other.chapter)) : null;
    };
    view.mount(
      {
        html,
        passages: this.passagesOf(section),
        base: new URL(section.url, location.href).href,
        language: this.book?.language ?? null,
        title: section.start === 0 ? (spine.chapter(section.chapter)?.title ?? null) : null,
        before: neighbour(section.index - 1),
        after: neighbour(section.index + 1),
        words: {
          previous: this.messages().reader.previousPage,
          next: this.messages().reader.nextPage,
        },
        label: this.messages().reader.text(this.chapterTitle(section.chapter)),
      },
      at,
    );
    this.arrive(section.start + view.offset);
  }

  /** Marks that came after the text are put in under the reader's eyes, at the same place. */
  private remount(late: Description[], html: string, showing: number): void {
    if (showing !== this.showing || late.length === 0 || !this.section) return;
    this.descriptions = late;
    this.mount(html, this.stillAtEnd ? "end" : this.place.offset - this.section.start);
  }

  private async refreshMarks(): Promise<void> {
    if (!this.section) return;
    this.chapters.forgetDescriptions();
    const { section, showing } = this;
    const [html, late] = await Promise.all([
      this.chapters.text(section),
      this.chapters.descriptions(section.chapter),
    ]);
    this.remount(late, html, showing);
  }

  private passagesOf(section: Section): Passage[] {
    const end = section.start + section.length;
    return this.descriptions
      .filter((description) => description.end > section.start && description.start < end)
      .map((description) => ({
        id: description.id,
        start: Math.max(0, description.start - section.start),
        end: Math.min(section.length, description.end - section.start),
        label: this.messages().reader.showPicture(shorten(description.text)),
      }));
  }

  private arrive(offset: number): void {
    if (!this.section || !this.spine) return;
    this.place = { chapter: this.section.chapter, offset };
    this.furthest = furthest(this.furthest, this.place);
    rememberFurthest(this.bookId, this.furthest);
    this.relaid();
    this.pace.reached(this.spine.charactersBefore(this.place));
    if (this.cameFrom && same(this.place, this.cameFrom)) this.cameFrom = null;
  }

  private wait(wished: Place | null): void {
    if (this.book?.status === "failed") return;
    this.waiting = true;
    this.stopWatching = watchBook(this.bookId, ({ book }) => {
      this.book = book;
      if (book.status === "importing") return;
      this.stopWatching();
      this.waiting = false;
      if (book.status !== "failed") void this.open(wished);
    });
  }

  private watch(ready: () => void): void {
    this.stopWatching = watchBook(this.bookId, ({ book }) => {
      this.book = book;
      if (book.status === "ready") ready();
    });
  }
}

function same(a: Place, b: Place): boolean {
  return a.chapter === b.chapter && a.offset === b.offset;
}

function shorten(text: string): string {
  if (text.length <= QUOTE_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(" ", QUOTE_LENGTH) || QUOTE_LENGTH)}…`;
}

function delay(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}

function requestIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 2_000 });
  else setTimeout(work, 300);
}
