import type { Annotation, Book, Description } from "../src/api/types.ts";
import { ACCOUNT_ROUTES } from "./account-routes.ts";
import { PICTURE_ROUTES } from "./picture-routes.ts";
import { landscape } from "./png.ts";
import type { World } from "./world.ts";

export interface Incoming {
  method: string;
  path: string;
  search: URLSearchParams;
  body: Buffer;
  contentType: string;
  cookies: Map<string, string>;
}

export interface Outgoing {
  status: number;
  body?: unknown;
  bytes?: Buffer;
  html?: string;
  cookies?: string[];
  /** Sent again and again as server-sent events until `over` is true. */
  events?: () => { data: unknown; over: boolean };
}

/** Where a reader is before the book was ever opened. */
const BEGINNING = {
  chapter: 0,
  offset: 0,
  fraction: 0,
  device: "",
  version: 0,
  updated_at: "2026-01-01T00:00:00Z",
};

type Handler = (world: World, request: Incoming, id: string, rest: string) => Outgoing;

const ROUTES: [string, RegExp, Handler][] = [
  ["POST", /^\/api\/v1\/users\/register$/, register],
  ["POST", /^\/api\/v1\/auth\/login$/, login],
  ["POST", /^\/api\/v1\/auth\/refresh$/, refresh],
  ["POST", /^\/api\/v1\/auth\/logout$/, () => ({ status: 204, cookies: ["access=; Path=/; Max-Age=0"] })],
  [
    "GET",
    /^\/api\/v1\/users\/me$/,
    (world, request) => withUser(world, request, (user) => ({ status: 200, body: user })),
  ],
  ["PATCH", /^\/api\/v1\/users\/me$/, rename],
  ["DELETE", /^\/api\/v1\/users\/me$/, () => ({ status: 204, cookies: ["access=; Path=/; Max-Age=0"] })],
  ...ACCOUNT_ROUTES,
  ...PICTURE_ROUTES,
  ["GET", /^\/api\/v1\/books$/, listBooks],
  ["POST", /^\/api\/v1\/books$/, upload],
  [
    "GET",
    /^\/api\/v1\/books\/([^/]+)$/,
    (world, request, id) => withBook(world, request, id, ({ book }) => ({ status: 200, body: book })),
  ],
  ["DELETE", /^\/api\/v1\/books\/([^/]+)$/, removeBook],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/events$/, bookEvents],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/chapters$/, listChapters],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/chapters\/(\d+)$/, getChapter],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/descriptions$/, listDescriptions],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/characters$/, listCharacters],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/pictures$/, listPictures],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/position$/, getPosition],
  ["PUT", /^\/api\/v1\/books\/([^/]+)\/position$/, putPosition],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/annotations$/, listAnnotations],
  ["PUT", /^\/api\/v1\/books\/([^/]+)\/annotations\/([^/]+)$/, keepAnnotation],
  ["DELETE", /^\/api\/v1\/books\/([^/]+)\/annotations\/([^/]+)$/, removeAnnotation],
  ["POST", /^\/api\/v1\/books\/([^/]+)\/export$/, requestExport],
  ["GET", /^\/api\/v1\/books\/([^/]+)\/export$/, () => ({ status: 200, bytes: Buffer.from("PK") })],
  ["POST", /^\/api\/v1\/descriptions\/([^/]+)\/picture$/, requestPicture],
  ["GET", /^\/api\/v1\/pictures\/([^/]+)\/image$/, image],
  ["GET", /^\/api\/v1\/jobs\/([^/]+)$/, (world, _request, id) => ({ status: 200, body: world.jobs.get(id) })],
  ["GET", /^\/api\/v1\/jobs\/([^/]+)\/events$/, jobEvents],
  ["GET", /^\/content\/([^/]+)\/resources\/([^/]+)$/, () => ({ status: 200, bytes: landscape(640, 420, 5) })],
  ["GET", /^\/content\/([^/]+)\/(\d+(?:\.\d+)?)\.html$/, content],
];

export function answer(world: World, request: Incoming): Outgoing {
  for (const [method, pattern, handler] of ROUTES) {
    const found = method === request.method ? pattern.exec(request.path) : null;
    if (found) return handler(world, request, found[1] ?? "", found[2] ?? "");
  }
  return problem(404, "not-found");
}

function problem(status: number, code: string, extension: object = {}): Outgoing {
  return {
    status,
    body: { type: "about:blank", title: code, status, detail: code, code, request_id: "mock", ...extension },
  };
}

function json<T>(request: Incoming): T {
  return JSON.parse(request.body.toString("utf8") || "{}") as T;
}

function userOf(world: World, request: Incoming) {
  const email = world.sessions.get(request.cookies.get("access") ?? "");
  return email === undefined ? undefined : world.users.get(email);
}

function withUser(
  world: World,
  request: Incoming,
  then: (user: object & { id: string }) => Outgoing,
): Outgoing {
  const found = userOf(world, request);
  if (!found) return problem(401, "unauthenticated");
  const { password: _secret, ...user } = found;
  return then(user);
}

type Shelved = World["shelf"] extends Map<string, infer Value> ? Value : never;

function withBook(
  world: World,
  request: Incoming,
  id: string,
  then: (shelved: Shelved) => Outgoing,
): Outgoing {
  const shelved = world.shelf.get(id);
  const mine = shelved && (shelved.owner === null || shelved.owner === userOf(world, request)?.id);
  return mine ? then(shelved) : problem(404, "not-found");
}

function register(world: World, request: Incoming): Outgoing {
  const wish = json<{ email: string; password: string; full_name: string }>(request);
  if (world.users.has(wish.email)) return problem(409, "email-taken");
  if (wish.password.length < 8) return problem(422, "weak-password");
  return { status: 201, body: world.addUser(wish.email, wish.password, wish.full_name) };
}

function login(world: World, request: Incoming): Outgoing {
  const { email, password } = json<{ email: string; password: string }>(request);
  if (world.users.get(email)?.password !== password) return problem(401, "invalid-credentials");
  return begin(world, email);
}

function refresh(world: World, request: Incoming): Outgoing {
  const email = world.sessions.get(request.cookies.get("refresh") ?? "");
  return email === undefined ? problem(401, "unauthenticated") : begin(world, email);
}

function begin(world: World, email: string): Outgoing {
  const token = world.id("token");
  world.sessions.set(token, email);
  return {
    status: 200,
    body: { access_token: token, token_type: "Bearer", expires_in: 900, refresh_token: token },
    cookies: [
      `access=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=900`,
      `refresh=${token}; Path=/api/v1/auth; HttpOnly; SameSite=Strict`,
    ],
  };
}

function rename(world: World, request: Incoming): Outgoing {
  const user = userOf(world, request);
  if (user) user.full_name = json<{ full_name: string }>(request).full_name;
  return withUser(world, request, (renamed) => ({ status: 200, body: renamed }));
}

function listBooks(world: World, request: Incoming): Outgoing {
  const me = userOf(world, request)?.id;
  const scope = request.search.get("scope") ?? "all";
  const q = (request.search.get("q") ?? "").toLowerCase().replaceAll("ё", "е");
  const items = [...world.shelf.values()]
    .filter(
      ({ owner }) =>
        (scope !== "catalogue" && owner === me && me !== undefined) || (scope !== "own" && owner === null),
    )
    .map(({ book }) => book)
    .filter((book) =>
      `${book.title} ${book.authors.join(" ")}`.toLowerCase().replaceAll("ё", "е").includes(q),
    );
  return page(request, order(items, request.search.get("sort") ?? "title"));
}

function order(books: Book[], sort: string): Book[] {
  const by = sort.replace("-", "");
  const key = (book: Book) =>
    by === "added"
      ? book.added_at
      : by === "opened"
        ? String(book.progress?.fraction ?? "")
        : by === "author"
          ? (book.authors[0] ?? "")
          : book.title;
  const sorted = [...books].sort((a, b) => key(a).localeCompare(key(b), "ru"));
  return sort.startsWith("-") ? sorted.reverse() : sorted;
}

function page(request: Incoming, items: unknown[]): Outgoing {
  const number = Number(request.search.get("page") ?? 1);
  const per = Number(request.search.get("per_page") ?? 20);
  return {
    status: 200,
    body: {
      items: items.slice((number - 1) * per, number * per),
      total: items.length,
      page: number,
      per_page: per,
    },
  };
}

function upload(world: World, request: Incoming): Outgoing {
  const form = request.body.toString("utf8");
  const name = /filename="([^"]*)"/.exec(form)?.[1] ?? "Книга.epub";
  const content = form.slice(form.indexOf("\r\n\r\n") + 4, form.lastIndexOf("\r\n--"));
  return withUser(world, request, ({ id }) => {
    if (!/\.(epub|fb2|zip|txt|md)$/i.test(name)) return problem(422, "not-a-book");
    const { book } = world.upload(name, content, id);
    return { status: 202, body: { book, job: world.jobs.get(book.job_id ?? "") } };
  });
}

function removeBook(world: World, _request: Incoming, id: string): Outgoing {
  world.shelf.delete(id);
  return { status: 204 };
}

function bookEvents(world: World, request: Incoming, id: string): Outgoing {
  return withBook(world, request, id, ({ book }) => ({
    status: 200,
    events: () => ({
      data: {
        book,
        jobs: [...world.jobs.values()].filter((job) => job.book_id === id && job.state === "running"),
      },
      over: book.status === "ready",
    }),
  }));
}

function jobEvents(world: World, _request: Incoming, id: string): Outgoing {
  return {
    status: 200,
    events: () => ({ data: world.jobs.get(id), over: world.jobs.get(id)?.state !== "running" }),
  };
}

function listChapters(world: World, request: Incoming, id: string): Outgoing {
  return withBook(world, request, id, ({ book, text }) => {
    let before = 0;
    const items = text.chapters.map((chapter, index) => {
      const start_fraction = before / book.length;
      before += chapter.text.length;
      const parts = chapter.parts.map(({ start }, part) => ({
        url:
          chapter.parts.length > 1
            ? `/content/${book.revision}/${index}.${part}.html`
            : `/content/${book.revision}/${index}.html`,
        start,
      }));
      return {
        index,
        title: chapter.title,
        kind: "body",
        length: chapter.text.length,
        start_fraction,
        parts,
      };
    });
    const contents = items.map(({ title, index }) => ({ title, chapter: index, offset: 0, children: [] }));
    return { status: 200, body: { items, contents } };
  });
}

function getChapter(world: World, request: Incoming, id: string, rest: string): Outgoing {
  return withBook(world, request, id, ({ book, text }) => {
    const chapter = text.chapters[Number(rest)];
    if (!chapter) return problem(404, "not-found");
    const { title, text: plain } = chapter;
    return {
      status: 200,
      body: {
        index: Number(rest),
        title,
        kind: "body",
        length: plain.length,
        text: plain,
        html_url: `/content/${book.revision}/${rest}.html`,
      },
    };
  });
}

function content(world: World, _request: Incoming, revision: string, rest: string): Outgoing {
  const shelved = [...world.shelf.values()].find(({ book }) => book.revision === revision);
  const [chapter, part] = rest.split(".").map(Number);
  const found = shelved?.text.chapters[chapter ?? -1];
  const html = part === undefined ? found?.html : found?.parts[part]?.html;
  return html === undefined ? problem(404, "not-found") : { status: 200, html };
}

function listDescriptions(world: World, request: Incoming, id: string): Outgoing {
  const chapter = request.search.get("chapter");
  return withBook(world, request, id, ({ descriptions }) =>
    page(
      request,
      descriptions.filter((description) => chapter === null || description.chapter === Number(chapter)),
    ),
  );
}

function listCharacters(world: World, request: Incoming, id: string): Outgoing {
  const until = {
    chapter: Number(request.search.get("until_chapter") ?? 99),
    offset: Number(request.search.get("until_offset") ?? 0),
  };
  return withBook(world, request, id, ({ descriptions }) => {
    const looks = descriptions.filter(
      ({ kind, chapter, start }) =>
        kind === "character" &&
        (chapter < until.chapter || (chapter === until.chapter && start < until.offset)),
    );
    const named = (name: string, gender: string, word: RegExp) => ({
      id: name,
      name,
      aliases: [],
      gender,
      mention_count: 12,
      looks: looks
        .filter(({ text }) => word.test(text))
        .slice(0, 3)
        .map(({ chapter, start, end, text }) => ({ chapter, start, end, text })),
    });
    const items = [named("Старик Прохор", "male", /старик/), named("Лиза", "female", /Девушка/)].filter(
      ({ looks: said }) => said.length > 0,
    );
    return { status: 200, body: { items } };
  });
}

function listPictures(world: World, request: Incoming, id: string): Outgoing {
  return withBook(world, request, id, ({ descriptions }) =>
    page(
      request,
      descriptions.flatMap(({ picture }) => picture ?? []),
    ),
  );
}

function getPosition(world: World, request: Incoming, id: string): Outgoing {
  return withBook(world, request, id, ({ position }) => ({ status: 200, body: position ?? BEGINNING }));
}

function putPosition(world: World, request: Incoming, id: string): Outgoing {
  const wish = json<{ chapter: number; offset: number; device: string; expected_version: number }>(request);
  return withBook(world, request, id, (shelved) => {
    if ((shelved.position?.version ?? 0) !== wish.expected_version) {
      return problem(409, "position-conflict", { current: shelved.position });
    }
    const before = shelved.text.chapters
      .slice(0, wish.chapter)
      .reduce((sum, chapter) => sum + chapter.text.length, 0);
    const fraction = (before + wish.offset) / shelved.book.length;
    const { chapter, offset, device } = wish;
    shelved.position = {
      chapter,
      offset,
      device,
      fraction,
      version: wish.expected_version + 1,
      updated_at: new Date().toISOString(),
    };
    shelved.book.progress = { chapter, offset, fraction };
    return { status: 200, body: shelved.position };
  });
}

function listAnnotations(world: World, request: Incoming, id: string): Outgoing {
  return withBook(world, request, id, ({ annotations }) => ({
    status: 200,
    body: { items: [...annotations.values()].sort((a, b) => a.chapter - b.chapter || a.start - b.start) },
  }));
}

function keepAnnotation(world: World, request: Incoming, id: string, rest: string): Outgoing {
  return withBook(world, request, id, ({ book, annotations }) => {
    const at = new Date().toISOString();
    const kept = {
      ...json<Omit<Annotation, "id">>(request),
      id: rest,
      revision: book.revision ?? "",
      created_at: annotations.get(rest)?.created_at ?? at,
      updated_at: at,
    };
    annotations.set(rest, kept);
    return { status: 200, body: kept };
  });
}

function removeAnnotation(world: World, request: Incoming, id: string, rest: string): Outgoing {
  return withBook(world, request, id, ({ annotations }) => {
    annotations.delete(rest);
    return { status: 204 };
  });
}

function requestExport(world: World, _request: Incoming, id: string): Outgoing {
  const job = world.job("export", id);
  world.step(job, () => world.exports.add(id));
  return { status: 202, body: { job } };
}

function requestPicture(world: World, request: Incoming, id: string): Outgoing {
  const { seed, style } = json<{ seed?: number; style?: string }>(request);
  return withUser(world, request, () => {
    const description = descriptionOf(world, id);
    if (!description) return problem(404, "not-found");
    const drawn = description.picture?.urls.small.includes(`seed=${seed}`) ?? false;
    const inStyle = style === undefined || description.picture?.style === style;
    if (description.picture && inStyle && (seed === undefined || drawn)) {
      return { status: 200, body: { picture: description.picture } };
    }
    return { status: 202, body: { job: world.requestPicture(description, seed ?? 1, style) } };
  });
}

function descriptionOf(world: World, id: string): Description | undefined {
  return [...world.shelf.values()]
    .flatMap(({ descriptions }) => descriptions)
    .find((description) => description.id === id);
}

function image(_world: World, request: Incoming, id: string): Outgoing {
  const width = request.search.get("width") === "480" ? 480 : 960;
  const seed = Number(/\d+/.exec(id)?.[0] ?? 0) + Number(request.search.get("seed") ?? 0);
  return { status: 200, bytes: landscape(width, Math.round(width / 1.5), seed) };
}
