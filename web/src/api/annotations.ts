import { call } from "./transport.ts";
import type { Annotation, NewAnnotation } from "./types.ts";

const ALL = "/api/v1/books/{book_id}/annotations";
const ONE = "/api/v1/books/{book_id}/annotations/{annotation_id}";

/** Bookmarks, highlights and notes of a book, in the order of the text. */
export async function listAnnotations(bookId: string): Promise<Annotation[]> {
  return (await call("get", ALL, { path: { book_id: bookId } })).items;
}

/** Sent twice it is still one annotation: its id is made here. */
export function keepAnnotation(bookId: string, id: string, body: NewAnnotation): Promise<Annotation> {
  return call("put", ONE, { path: { book_id: bookId, annotation_id: id }, body });
}

export async function removeAnnotation(bookId: string, id: string): Promise<void> {
  await call("delete", ONE, { path: { book_id: bookId, annotation_id: id } });
}
