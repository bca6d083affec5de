import { listDescriptions } from "../api/pictures.ts";
import { fetchText } from "../api/transport.ts";
import type { Description } from "../api/types.ts";
import type { Section } from "./sections.ts";

const KEPT = 4;

/** Fetched sections and their descriptions: the last few, as text, never as DOM. */
export class Chapters {
  private readonly html = new Map<string, Promise<string>>();
  private readonly described = new Map<number, Promise<Description[]>>();

  constructor(private readonly bookId: string) {}

  text(section: Section): Promise<string> {
    return keep(this.html, section.url, () => fetchText(section.url));
  }

  descriptions(chapter: number): Promise<Description[]> {
    return keep(this.described, chapter, () => listDescriptions(this.bookId, chapter));
  }

  /** What was known of a chapter's descriptions has changed. */
  forgetDescriptions(): void {
    this.described.clear();
  }

  prefetch(section: Section | null): void {
    if (!section) return;
    this.text(section).catch(() => {});
    this.descriptions(section.chapter).catch(() => {});
  }
}

function keep<Key, Value>(
  cache: Map<Key, Promise<Value>>,
  key: Key,
  load: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const loading = load();
  loading.catch(() => cache.delete(key));
  cache.set(key, loading);
  for (const oldest of cache.keys()) {
    if (cache.size <= KEPT) break;
    cache.delete(oldest);
  }
  return loading;
}
