import { Problem } from "./problem.ts";
import { call } from "./transport.ts";
import type { NewPosition, Position } from "./types.ts";

export type Saved = { kind: "saved"; position: Position } | { kind: "conflict"; current: Position };

const PATH = "/api/v1/books/{book_id}/position";

/** The saved place, or nothing when this book was never opened: the service then answers with version 0. */
export async function getPosition(bookId: string): Promise<Position | null> {
  const position = await call("get", PATH, { path: { book_id: bookId } });
  return position.version > 0 ? position : null;
}

/** Compare-and-set: a place saved elsewhere in between is handed back, never overwritten. */
export async function putPosition(bookId: string, place: NewPosition, keepalive = false): Promise<Saved> {
  try {
    const position = await call("put", PATH, { path: { book_id: bookId }, body: place }, { keepalive });
    return { kind: "saved", position };
  } catch (error) {
    if (error instanceof Problem && error.status === 409 && error.extension.current) {
      return { kind: "conflict", current: error.extension.current as Position };
    }
    throw error;
  }
}
