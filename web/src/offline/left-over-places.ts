import { getPosition, putPosition } from "../api/positions.ts";
import type { NewPosition } from "../api/types.ts";
import { READER_KEYS } from "./reader-keys.ts";
import { unsentPlace } from "./unsent-places.ts";

const UNSENT = READER_KEYS.unsent;

/**
 * Sends what was left over from reading without a network. A place that is known already is done with; one that meets a
 * newer place is left for the reader to choose.
 */
export async function sendUnsentPlaces(): Promise<void> {
  for (const bookId of booksWithUnsentPlaces()) {
    const place = unsentPlace(bookId);
    if (place) await settle(bookId, place).catch(() => {});
  }
}

async function settle(bookId: string, place: NewPosition): Promise<void> {
  const current = await getPosition(bookId);
  const isKnown =
    current?.device === place.device && current.chapter === place.chapter && current.offset === place.offset;
  if (!isKnown) {
    if ((current?.version ?? 0) !== place.expected_version) return;
    const answer = await putPosition(bookId, place);
    if (answer.kind === "conflict") return;
  }
  localStorage.removeItem(UNSENT + bookId);
}

function booksWithUnsentPlaces(): string[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(UNSENT))
    .map((key) => key.slice(UNSENT.length));
}
