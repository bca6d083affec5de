import { listAnnotations } from "../api/annotations.ts";
import { getBook, listChapters } from "../api/books.ts";
import { listDescriptions, listPictures } from "../api/pictures.ts";
import { getPosition } from "../api/positions.ts";
import { fetchText } from "../api/transport.ts";
import type { Picture } from "../api/types.ts";
import { Spine } from "../reader/sections.ts";
import { READER } from "./caches.ts";
import { READER_KEYS } from "./reader-keys.ts";

/** Requests at once: a whole book must not push aside what the reader is looking at. */
const AT_ONCE = 3;

/** Whether this browser can hold books at all: a worker sees every request of this page. */
export function canKeep(): boolean {
  return "caches" in globalThis && Boolean(navigator.serviceWorker?.controller);
}

export function keptBooks(): string[] {
  const stored: unknown = JSON.parse(localStorage.getItem(READER_KEYS.kept) ?? "[]");
  return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [];
}

/**
 * Asks once for everything that reading a book needs; the worker holds on to the answers.
 * `progress` is told the share that is done, 0 to 1. Fails when anything could not be had.
 */
export async function keepBook(bookId: string, progress: (share: number) => void): Promise<void> {
  const [chapters, pictures] = await Promise.all([
    listChapters(bookId),
    listPictures(bookId),
    getBook(bookId),
    getPosition(bookId),
    listAnnotations(bookId),
  ]);
  const work: (() => Promise<unknown>)[] = [
    ...new Spine(chapters.items).sections.map((section) => () => fetchText(section.url)),
    ...chapters.items.map((chapter) => () => listDescriptions(bookId, chapter.index)),
    ...pictures.flatMap((picture) => addresses(picture).map((address) => () => fetchPicture(address))),
  ];
  let done = 0;
  const queue = [...work];
  const take = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      await next();
      done += 1;
      progress(done / work.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  localStorage.setItem(READER_KEYS.kept, JSON.stringify([...new Set([...keptBooks(), bookId])]));
}

/** Lets go of a book's text and pictures. */
export async function releaseBook(bookId: string): Promise<void> {
  localStorage.setItem(READER_KEYS.kept, JSON.stringify(keptBooks().filter((id) => id !== bookId)));
  const [chapters, pictures] = await Promise.all([listChapters(bookId), listPictures(bookId)]);
  const cache = await caches.open(READER);
  const sections = new Spine(chapters.items).sections.map((section) => section.url);
  for (const address of [...sections, ...pictures.flatMap(addresses)]) {
    await cache.delete(address, { ignoreVary: true });
  }
}

function addresses(picture: Picture): string[] {
  return [...new Set([picture.urls.small, picture.urls.medium])];
}

async function fetchPicture(address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a picture was answered with ${answer.status}`);
  await answer.arrayBuffer();
}
