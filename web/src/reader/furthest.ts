import type { Book } from "../api/types.ts";
import { furthest, type Place } from "./sections.ts";

const KEY = "bookreader.furthest.";
const START: Place = { chapter: 0, offset: 0 };

/** The furthest place that this browser has shown of a book: what lies behind it spoils nothing. */
export function rememberedFurthest(bookId: string): Place {
  const found = /^(\d+)\.(\d+)$/.exec(localStorage.getItem(KEY + bookId) ?? "");
  return found ? { chapter: Number(found[1]), offset: Number(found[2]) } : START;
}

/** Whether this browser has shown the book before: it is then known to be readable. */
export function wasOpened(bookId: string): boolean {
  return localStorage.getItem(KEY + bookId) !== null;
}

export function rememberFurthest(bookId: string, place: Place): void {
  localStorage.setItem(KEY + bookId, `${place.chapter}.${place.offset}`);
}

/** Together with what the service knows from other devices. */
export function furthestRead(book: Book): Place {
  return furthest(rememberedFurthest(book.id), book.progress ?? START);
}
