import type { Answer, Parameters } from "./contract.ts";
import { everyPage } from "./pages.ts";
import { call } from "./transport.ts";
import type { Description, Picture } from "./types.ts";

const PER_PAGE = 100;

/** Every described passage of a chapter, in the order of the text. */
export async function listDescriptions(bookId: string, chapter: number): Promise<Description[]> {
  const found = await everyPage((page) =>
    call("get", "/api/v1/books/{book_id}/descriptions", {
      path: { book_id: bookId },
      query: { chapter, page, per_page: PER_PAGE },
    }),
  );
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Every picture of a book, in the order of the text. */
export async function listPictures(bookId: string): Promise<Picture[]> {
  const found = await everyPage((page) =>
    call("get", "/api/v1/books/{book_id}/pictures", {
      path: { book_id: bookId },
      query: { page, per_page: PER_PAGE },
    }),
  );
  return found.sort((a, b) => a.chapter - b.chapter || a.start - b.start);
}

type Request = "/api/v1/descriptions/{description_id}/picture";

/** What is wished of a new picture; the service has its own mind where nothing is said. */
export type Wish = NonNullable<Parameters<Request, "post">["body"]>;
export type Style = NonNullable<Wish["style"]>;

export function requestPicture(descriptionId: string, wish: Wish): Promise<Answer<Request, "post">> {
  return call("post", "/api/v1/descriptions/{description_id}/picture", {
    path: { description_id: descriptionId },
    body: wish,
  });
}
