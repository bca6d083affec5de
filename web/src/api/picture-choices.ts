import type { Answer, Parameters } from "./contract.ts";
import { call } from "./transport.ts";
import type { Picture } from "./types.ts";

export type HangingPicture = Answer<"/api/v1/pictures", "get">["items"][number];
export type ShelfGalleryPage = Answer<"/api/v1/pictures", "get">;
export type ShelfGalleryQuery = NonNullable<Parameters<"/api/v1/pictures", "get">["query"]>;
export type PictureSettings = Answer<"/api/v1/books/{book_id}/picture-settings", "get">;
export type Ordered = Answer<"/api/v1/books/{book_id}/pictures", "post">;

/** The pictures of a passage, oldest first; the one that is shown is the last. */
export async function listVariants(descriptionId: string): Promise<Picture[]> {
  const path = { description_id: descriptionId };
  return (await call("get", "/api/v1/descriptions/{description_id}/pictures", { path })).items;
}

/** From now on this picture of its passage is shown. */
export async function choosePicture(id: string): Promise<void> {
  await call("put", "/api/v1/pictures/{picture_id}/chosen", { path: { picture_id: id } });
}

/** The reader never sees this picture again. */
export async function discardPicture(id: string): Promise<void> {
  await call("delete", "/api/v1/pictures/{picture_id}", { path: { picture_id: id } });
}

/** It is withdrawn at once, for everybody. */
export async function reportPicture(id: string, reason: string): Promise<void> {
  await call("post", "/api/v1/pictures/{picture_id}/report", { path: { picture_id: id }, body: { reason } });
}

/** An address under which anybody sees the picture; an earlier one stops working. */
export async function sharePicture(id: string): Promise<string> {
  return (await call("post", "/api/v1/pictures/{picture_id}/share", { path: { picture_id: id } })).url;
}

export async function unsharePicture(id: string): Promise<void> {
  await call("delete", "/api/v1/pictures/{picture_id}/share", { path: { picture_id: id } });
}

/** Orders pictures of the best passages of a book. */
export function orderBest(bookId: string, count: number): Promise<Ordered> {
  return call("post", "/api/v1/books/{book_id}/pictures", { path: { book_id: bookId }, body: { count } });
}

export function getPictureSettings(bookId: string): Promise<PictureSettings> {
  return call("get", "/api/v1/books/{book_id}/picture-settings", { path: { book_id: bookId } });
}

export async function putPictureSettings(bookId: string, settings: PictureSettings): Promise<void> {
  await call("put", "/api/v1/books/{book_id}/picture-settings", {
    path: { book_id: bookId },
    body: settings,
  });
}

/** The pictures of all books on the shelf, the newest first. */
export function listShelfPictures(query: ShelfGalleryQuery, signal: AbortSignal): Promise<ShelfGalleryPage> {
  return call("get", "/api/v1/pictures", { query }, { signal });
}
