import type { ChapterSummary } from "../api/types.ts";

/** A place in a book: UTF-16 offset in a chapter's text. */
export interface Place {
  chapter: number;
  offset: number;
}

/** What is laid out at a time: a chapter, or one part of a very long one. */
export interface Section {
  index: number;
  chapter: number;
  url: string;
  /** Offset in the chapter's text at which this section starts. */
  start: number;
  length: number;
}

/** The book as a line of sections; knows where places lie on it. */
export class Spine {
  readonly sections: Section[] = [];
  readonly length: number;
  private readonly before: number[] = [];

  constructor(readonly chapters: readonly ChapterSummary[]) {
    let total = 0;
    for (const chapter of chapters) {
      this.before.push(total);
      total += chapter.length;
      const parts = [...chapter.parts].sort((a, b) => a.start - b.start);
      parts.forEach((part, index) => {
        const end = parts[index + 1]?.start ?? chapter.length;
        this.sections.push({
          index: this.sections.length,
          chapter: chapter.index,
          url: part.url,
          start: part.start,
          length: end - part.start,
        });
      });
    }
    this.length = total;
  }

  /** The section that holds a place; places outside the book fall to its nearest end. */
  sectionAt(place: Place): Section {
    let found = this.sections[0];
    for (const section of this.sections) {
      if (section.chapter > place.chapter) break;
      if (section.chapter < place.chapter || section.start <= place.offset) found = section;
    }
    if (!found) throw new RangeError("a book without chapters has no sections");
    return found;
  }

  at(index: number): Section | null {
    return this.sections[index] ?? null;
  }

  /** The read share of the whole book, 0 to 1, at a place. */
  fractionAt(place: Place): number {
    return this.length === 0 ? 0 : Math.min(1, this.charactersBefore(place) / this.length);
  }

  charactersBefore(place: Place): number {
    return (this.before[this.positionOf(place.chapter)] ?? this.length) + place.offset;
  }

  /** The place at a share of the whole book. */
  placeAt(fraction: number): Place {
    const target = Math.max(0, Math.min(this.length - 1, Math.round(fraction * this.length)));
    let index = 0;
    while (index + 1 < this.before.length && (this.before[index + 1] ?? 0) <= target) index += 1;
    const chapter = this.chapters[index];
    return { chapter: chapter?.index ?? 0, offset: target - (this.before[index] ?? 0) };
  }

  /** Where each chapter begins, as shares of the whole. */
  ticks(): number[] {
    return this.before.map((characters) => (this.length === 0 ? 0 : characters / this.length));
  }

  chapter(index: number): ChapterSummary | null {
    return this.chapters[this.positionOf(index)] ?? null;
  }

  private positionOf(chapter: number): number {
    return this.chapters.findIndex((candidate) => candidate.index === chapter);
  }
}

export function isBefore(a: Place, b: Place): boolean {
  return a.chapter < b.chapter || (a.chapter === b.chapter && a.offset < b.offset);
}

export function furthest(a: Place, b: Place): Place {
  return isBefore(a, b) ? b : a;
}
