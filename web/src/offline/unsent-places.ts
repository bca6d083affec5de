import { putPosition, type Saved } from "../api/positions.ts";
import type { NewPosition } from "../api/types.ts";
import { READER_KEYS } from "./reader-keys.ts";

const UNSENT = READER_KEYS.unsent;

/** A place that was written here and not yet answered for: the network was away, or the page closed too early. */
export function unsentPlace(bookId: string): NewPosition | null {
  const stored = localStorage.getItem(UNSENT + bookId);
  return stored ? (JSON.parse(stored) as NewPosition) : null;
}

/** Sends a place; until the service has answered, it is remembered in this browser. */
export async function sendPlace(bookId: string, place: NewPosition, keepalive: boolean): Promise<Saved> {
  localStorage.setItem(UNSENT + bookId, JSON.stringify(place));
  const answer = await putPosition(bookId, place, keepalive);
  // A newer place may have been written meanwhile: that one is still on its way.
  if (localStorage.getItem(UNSENT + bookId) === JSON.stringify(place))
    localStorage.removeItem(UNSENT + bookId);
  return answer;
}
