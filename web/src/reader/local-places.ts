import type { Saved } from "../api/positions.ts";
import type { NewPosition, Position } from "../api/types.ts";

const KEY = "bookreader.place.";

/** The place of a reader without an account: kept in this browser, by the same rules. */
export function localPlace(bookId: string): Position | null {
  const stored = localStorage.getItem(KEY + bookId);
  return stored ? (JSON.parse(stored) as Position) : null;
}

export function putLocalPlace(bookId: string, place: NewPosition): Saved {
  const current = localPlace(bookId);
  if (current && current.version !== place.expected_version) return { kind: "conflict", current };
  const position: Position = {
    chapter: place.chapter,
    offset: place.offset,
    device: place.device,
    fraction: 0,
    version: place.expected_version + 1,
    updated_at: new Date().toISOString(),
  };
  localStorage.setItem(KEY + bookId, JSON.stringify(position));
  return { kind: "saved", position };
}
