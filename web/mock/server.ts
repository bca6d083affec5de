import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { answer, type Outgoing } from "./routes.ts";
import { World } from "./world.ts";

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

/** The built app and a world of its own, on a free port: what the end-to-end tests run against. */
export async function serveMock(
  dist: string,
): Promise<{ url: string; world: World; close: () => Promise<void> }> {
  const world = new World();
  const server: Server = createServer((request, response) => {
    void handle(world, request, response).then((handled) => {
      if (!handled) serveFile(dist, request, response);
    });
  });
  // A connection that closes just as a test reuses it would look like a broken service.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    world,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers what the API answers; false leaves the request to whoever serves files. */
export async function handle(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!/^\/(api|content)\//.test(url.pathname)) return false;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const cookies = new Map(
    (request.headers.cookie ?? "").split("; ").map((pair) => pair.split("=", 2) as [string, string]),
  );
  const outgoing = answer(world, {
    method: request.method ?? "GET",
    path: url.pathname,
    search: url.searchParams,
    body: Buffer.concat(chunks),
    contentType: request.headers["content-type"] ?? "",
    cookies,
  });
  send(outgoing, response);
  return true;
}

function send(outgoing: Outgoing, response: ServerResponse): void {
  for (const cookie of outgoing.cookies ?? []) response.appendHeader("set-cookie", cookie);
  if (outgoing.events) {
    stream(outgoing.events, response);
  } else if (outgoing.bytes) {
    response.writeHead(outgoing.status, { "content-type": "image/png" }).end(outgoing.bytes);
  } else if (outgoing.html !== undefined) {
    response
      .writeHead(outgoing.status, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "default-src 'none'; sandbox",
      })
      .end(outgoing.html);
  } else if (outgoing.body === undefined) {
    response.writeHead(outgoing.status).end();
  } else {
    const type = outgoing.status >= 400 ? "application/problem+json" : "application/json";
    response.writeHead(outgoing.status, { "content-type": type }).end(JSON.stringify(outgoing.body));
  }
}

function stream(next: () => { data: unknown; over: boolean }, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const timer = setInterval(() => {
    const { data, over } = next();
    response.write(`event: progress\ndata: ${JSON.stringify(data)}\n\n`);
    if (!over) return;
    clearInterval(timer);
    response.end("event: done\ndata: {}\n\n");
  }, 100);
  response.on("close", () => clearInterval(timer));
}

function serveFile(dist: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? "/", "http://mock");
  const wanted = join(dist, normalize(pathname));
  const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, "index.html");
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
  });
  createReadStream(file).pipe(response);
}
