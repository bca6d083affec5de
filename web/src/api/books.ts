import type { Answer, Parameters } from "./contract.ts";
import { call } from "./transport.ts";
import type { Book, Chapter, ChapterList, Character, Job } from "./types.ts";

export type BookQuery = NonNullable<Parameters<"/api/v1/books", "get">["query"]>;
export type Sort = NonNullable<BookQuery["sort"]>;
export type BookPage = Answer<"/api/v1/books", "get">;

export function listBooks(query: BookQuery, signal?: AbortSignal): Promise<BookPage> {
  return call("get", "/api/v1/books", { query }, signal ? { signal } : {});
}

export function getBook(id: string): Promise<Book> {
  return call("get", "/api/v1/books/{book_id}", { path: { book_id: id } });
}

export async function removeBook(id: string): Promise<void> {
  await call("delete", "/api/v1/books/{book_id}", { path: { book_id: id } });
}

export function listChapters(id: string): Promise<ChapterList> {
  return call("get", "/api/v1/books/{book_id}/chapters", { path: { book_id: id } });
}

export function getChapter(id: string, index: number): Promise<Chapter> {
  return call("get", "/api/v1/books/{book_id}/chapters/{index}", { path: { book_id: id, index } });
}

/** What the book has said of its people before the given place. */
export async function listCharacters(id: string, chapter: number, offset: number): Promise<Character[]> {
  const query = { until_chapter: chapter, until_offset: offset };
  return (await call("get", "/api/v1/books/{book_id}/characters", { path: { book_id: id }, query })).items;
}

export async function requestExport(id: string): Promise<Job> {
  return (await call("post", "/api/v1/books/{book_id}/export", { path: { book_id: id } })).job;
}

export function exportUrl(id: string): string {
  return `/api/v1/books/${id}/export`;
}
