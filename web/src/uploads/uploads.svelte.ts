import { type Stop, watchBook } from "../api/events.ts";
import type { Book } from "../api/types.ts";
import { type Uploaded, uploadBook } from "../api/upload.ts";
import { isFinished, progressOf, type Stage } from "./stages.ts";

export interface Upload {
  id: number;
  fileName: string;
  stage: Stage;
  share: number | null;
  book: Book | null;
  failure: unknown;
}

const AT_ONCE = 2;

/** Files on their way to the shelf; lives as long as the tab, whatever screen is shown. */
class Uploads {
  items: Upload[] = $state([]);
  /** Grows whenever a book has changed, so that a shelf in view can show it. */
  changes = $state(0);
  private readonly files = new Map<number, File>();
  private readonly stops = new Map<number, Stop>();
  private sending = 0;
  private next = 0;

  add(files: Iterable<File>): void {
    for (const file of files) {
      this.next += 1;
      this.files.set(this.next, file);
      this.items.push({
        id: this.next,
        fileName: file.name,
        stage: "waiting",
        share: null,
        book: null,
        failure: null,
      });
    }
    this.pump();
  }

  retry(id: number): void {
    const item = this.find(id);
    if (!item || !this.files.has(id)) return;
    Object.assign(item, { stage: "waiting", share: null, failure: null, book: null });
    this.pump();
  }

  dismiss(id: number): void {
    this.stops.get(id)?.();
    this.stops.delete(id);
    this.files.delete(id);
    this.items = this.items.filter((item) => item.id !== id);
  }

  clearFinished(): void {
    for (const item of this.items.filter(({ stage }) => isFinished(stage))) this.dismiss(item.id);
  }

  /** At sign-out: nothing of the last reader stays. */
  clear(): void {
    for (const item of [...this.items]) this.dismiss(item.id);
  }

  private pump(): void {
    while (this.sending < AT_ONCE) {
      const item = this.items.find(({ stage }) => stage === "waiting");
      const file = item && this.files.get(item.id);
      if (!item || !file) return;
      void this.send(item, file);
    }
  }

  private async send(item: Upload, file: File): Promise<void> {
    const abort = new AbortController();
    this.stops.set(item.id, () => abort.abort());
    this.sending += 1;
    Object.assign(item, { stage: "upload", share: 0 });
    try {
      const uploaded = await uploadBook(
        file,
        (share) => {
          item.share = share;
        },
        abort.signal,
      );
      this.arrived(item, uploaded);
    } catch (failure) {
      if (!abort.signal.aborted) Object.assign(item, { stage: "failed", share: null, failure });
    } finally {
      this.sending -= 1;
      this.pump();
    }
  }

  private arrived(item: Upload, { book, duplicate }: Uploaded): void {
    item.book = book;
    this.changes += 1;
    if (duplicate && book.status === "ready") {
      Object.assign(item, { stage: "duplicate", share: 1 });
      return;
    }
    Object.assign(item, progressOf(book, []));
    const stop = watchBook(book.id, (progress) => {
      const before = item.book?.status;
      item.book = progress.book;
      Object.assign(item, progressOf(progress.book, progress.jobs));
      if (before !== progress.book.status) this.changes += 1;
    });
    this.stops.set(item.id, stop);
  }

  private find(id: number): Upload | undefined {
    return this.items.find((item) => item.id === id);
  }
}

export const uploads = new Uploads();
