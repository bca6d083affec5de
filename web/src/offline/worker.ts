import { APP, CLAIM, FORGET, READER } from "./caches.ts";
import { strategyOf } from "./strategy.ts";

/** The part of a service worker's scope that is used here; the DOM's types and a worker's cannot be had together. */
interface Scope {
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Waiting & { data: unknown }) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
/** Grows when a reader signs out: an answer that was asked for before is not kept after. */
let reader = 0;

scope.addEventListener("install", (event) => event.waitUntil(install().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(activate().then(() => scope.clients.claim())));
scope.addEventListener("message", (event) => {
  if (event.data === CLAIM) event.waitUntil(scope.clients.claim());
  if (event.data !== FORGET) return;
  reader += 1;
  event.waitUntil(caches.delete(READER));
});
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const { method, mode } = request;
  switch (strategyOf({ method, mode, ranged: request.headers.has("range") }, url.pathname)) {
    case "page":
      return event.respondWith(page(request));
    case "asset":
      return event.respondWith(kept(event, APP));
    case "content":
      return event.respondWith(kept(event, READER));
    case "answer":
      return event.respondWith(latest(event));
    case "pass":
      return;
  }
});

/** The app's page, scripts and styles, so that every screen opens without a network; what an older release had goes. */
async function install(): Promise<void> {
  const app = await caches.open(APP);
  const manifest: Record<string, { file: string; css?: string[] }> = await (
    await fetch("/.vite/manifest.json")
  ).json();
  const files = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
  const needed = [...new Set(files)].filter((file) => /\.(js|css)$/.test(file)).map((file) => `/${file}`);
  await app.addAll([new Request("/", { cache: "reload" }), ...needed.map((file) => new Request(file))]);
  const known = new Set(["/", ...files.map((file) => `/${file}`)]);
  for (const old of await app.keys()) {
    if (!known.has(new URL(old.url).pathname)) await app.delete(old);
  }
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name !== APP && name !== READER) await caches.delete(name);
  }
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const app = await caches.match("/", { cacheName: APP, ignoreVary: true });
    if (app) return app;
    throw error;
  }
}

async function kept(event: Fetching, cacheName: string): Promise<Response> {
  const { request } = event;
  const known = await caches.match(request, { cacheName, ignoreVary: true });
  if (known) return known;
  const asking = reader;
  const answer = await fetch(request);
  keep(event, cacheName, answer, asking);
  return answer;
}

async function latest(event: Fetching): Promise<Response> {
  const { request } = event;
  const asking = reader;
  const last = () => caches.match(request, { cacheName: READER, ignoreVary: true });
  try {
    const answer = await fetch(request);
    // A proxy whose service is away.
    if (answer.status === 502 || answer.status === 503) return (await last()) ?? answer;
    keep(event, READER, answer, asking);
    return answer;
  } catch (error) {
    const known = await last();
    if (known) return known;
    throw error;
  }
}

function keep(event: Fetching, cacheName: string, answer: Response, asking: number): void {
  if (answer.status !== 200) return;
  const copy = answer.clone();
  event.waitUntil(
    caches.open(cacheName).then(async (cache) => {
      if (cacheName === READER && asking !== reader) return;
      // A full disk is no reason to fail what was read from the network.
      await cache.put(event.request, copy).catch(() => {});
    }),
  );
}
