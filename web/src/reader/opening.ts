import { getBook, listChapters } from "../api/books.ts";
import { getPosition } from "../api/positions.ts";
import type { Book, ChapterList, Position } from "../api/types.ts";
import { wasOpened } from "./furthest.ts";
import { localPlace } from "./local-places.ts";

/** What a book needs before its first page can be fetched. */
export interface Opening {
  book: Promise<Book>;
  stored: Promise<Position | null>;
  /** Asked for at once where the book is known to be readable. */
  chapters: Promise<ChapterList> | null;
}

const begun = new Map<string, Opening>();

/** Asks the service while the reader's own code is still on its way. */
export function beginOpening(bookId: string, signedIn: boolean): void {
  const opening: Opening = {
    book: getBook(bookId),
    stored: signedIn ? getPosition(bookId) : Promise.resolve(localPlace(bookId)),
    chapters: wasOpened(bookId) ? listChapters(bookId) : null,
  };
  // Whoever takes the opening sees the failure; until then nobody is listening.
  for (const answer of [opening.book, opening.stored, opening.chapters]) answer?.catch(() => {});
  begun.set(bookId, opening);
}

/** What was begun for a book, once; else it is begun now. */
export function takeOpening(bookId: string, signedIn: boolean): Opening {
  if (!begun.has(bookId)) beginOpening(bookId, signedIn);
  const opening = begun.get(bookId) as Opening;
  begun.delete(bookId);
  return opening;
}
