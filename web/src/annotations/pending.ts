import type { NewAnnotation } from "../api/types.ts";
import { READER_KEYS } from "../offline/reader-keys.ts";

const KEY = READER_KEYS.notes;

/** What the service has not been told yet, by id: the text to keep, or null for what was removed. */
export type Pending = Record<string, NewAnnotation | null>;

export function pendingOf(bookId: string): Pending {
  try {
    return JSON.parse(localStorage.getItem(KEY + bookId) ?? "{}") as Pending;
  } catch {
    return {};
  }
}

/** Written before anything is sent, so that a closed tab or a dead network loses nothing. */
export function putPending(bookId: string, pending: Pending): void {
  if (Object.keys(pending).length === 0) localStorage.removeItem(KEY + bookId);
  else localStorage.setItem(KEY + bookId, JSON.stringify(pending));
}
