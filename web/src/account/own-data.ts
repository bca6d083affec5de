import { listAnnotations } from "../api/annotations.ts";
import { me } from "../api/accounts.ts";
import { listBooks } from "../api/books.ts";
import { everyPage } from "../api/pages.ts";
import { getPosition } from "../api/positions.ts";
import { getStanding, listDevices } from "../api/security.ts";
import type { Annotation, Book, Position, User } from "../api/types.ts";

export interface OwnData {
  gathered_at: string;
  profile: User;
  plan: Awaited<ReturnType<typeof getStanding>>;
  devices: Awaited<ReturnType<typeof listDevices>>;
  books: { book: Book; position: Position | null; annotations: Annotation[] }[];
}

const PER_PAGE = 100;

/** All that the service holds of the reader and tells; `progress` is told the share that is done, 0 to 1. */
export async function gatherOwnData(progress: (share: number) => void, now: () => Date): Promise<OwnData> {
  const [profile, plan, devices, shelf] = await Promise.all([
    me(),
    getStanding(),
    listDevices(),
    everyPage((page) => listBooks({ scope: "all", sort: "added", page, per_page: PER_PAGE })),
  ]);
  const books: OwnData["books"] = [];
  for (const book of shelf) {
    const [position, annotations] = await Promise.all([getPosition(book.id), listAnnotations(book.id)]);
    // Of the catalogue's books only those in which the reader left something.
    if (book.owned || position || annotations.length > 0) books.push({ book, position, annotations });
    progress((books.length + 1) / (shelf.length + 1));
  }
  return { gathered_at: now().toISOString(), profile, plan, devices, books };
}
