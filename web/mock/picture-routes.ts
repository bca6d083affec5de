import type { Picture } from "../src/api/types.ts";
import type { Incoming, Outgoing } from "./routes.ts";
import type { World } from "./world.ts";

type Route = [string, RegExp, (world: World, request: Incoming, id: string) => Outgoing];

/** What a reader decides about pictures. */
export const PICTURE_ROUTES: Route[] = [
  ["GET", /^\/api\/v1\/descriptions\/([^/]+)\/pictures$/, variants],
  ["PUT", /^\/api\/v1\/pictures\/([^/]+)\/chosen$/, choose],
  ["DELETE", /^\/api\/v1\/pictures\/([^/]+)$/, remove],
  ["POST", /^\/api\/v1\/pictures\/([^/]+)\/report$/, remove],
  ["POST", /^\/api\/v1\/pictures\/([^/]+)\/share$/, share],
  ["DELETE", /^\/api\/v1\/pictures\/([^/]+)\/share$/, () => ({ status: 204 })],
  ["GET", /^\/api\/v1\/pictures$/, hanging],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/picture-settings$/, () => ({ status: 200, body: { online: false } })],
  ["PUT", /^\/api\/v1\/books\/([^/]+)\/picture-settings$/, () => ({ status: 204 })],
  ["POST", /^\/api\/v1\/books\/([^/]+)\/pictures$/, best],
];

function variants(world: World, _request: Incoming, id: string): Outgoing {
  const shown = shownOf(world, id);
  const others = [...world.pictures.values()].filter((one) => one.description_id === id && one !== shown);
  return { status: 200, body: { items: shown ? [...others, shown] : others } };
}

function choose(world: World, _request: Incoming, id: string): Outgoing {
  const picture = world.pictures.get(id);
  const description = descriptions(world).find((one) => one.id === picture?.description_id);
  if (picture && description) description.picture = picture;
  return { status: 204 };
}

function remove(world: World, _request: Incoming, id: string): Outgoing {
  world.pictures.delete(id);
  const description = descriptions(world).find((one) => one.picture?.id === id);
  if (description) {
    const left = [...world.pictures.values()].filter((one) => one.description_id === description.id);
    description.picture = left.at(-1) ?? null;
  }
  return { status: 204 };
}

function share(_world: World, _request: Incoming, id: string): Outgoing {
  return { status: 200, body: { url: `/api/v1/shared-pictures/${id}` } };
}

function hanging(world: World, request: Incoming): Outgoing {
  const style = request.search.get("style");
  const items = [...world.shelf.values()].flatMap(({ book, owner, descriptions: passages }) =>
    owner === null
      ? []
      : passages.flatMap(({ picture }) =>
          picture && (style === null || picture.style === style)
            ? [{ book_id: book.id, book_title: book.title, picture }]
            : [],
        ),
  );
  return { status: 200, body: { items, total: items.length, page: 1, per_page: 60 } };
}

function best(world: World, request: Incoming, id: string): Outgoing {
  const { count } = JSON.parse(request.body.toString("utf8")) as { count: number };
  const passages = (world.shelf.get(id)?.descriptions ?? []).slice(0, count);
  const missing = passages.filter(({ picture }) => !picture);
  const job_ids = missing.map((description) => world.requestPicture(description, 0).id);
  return { status: 202, body: { ready: passages.length - missing.length, job_ids } };
}

function descriptions(world: World) {
  return [...world.shelf.values()].flatMap(({ descriptions: passages }) => passages);
}

function shownOf(world: World, id: string): Picture | null {
  return descriptions(world).find((one) => one.id === id)?.picture ?? null;
}
