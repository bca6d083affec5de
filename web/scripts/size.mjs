import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** What a route may cost in JavaScript: thousands of bytes after gzip -9. */
const BUDGETS = [
  { route: "sign-in", entries: ["src/screens/sign-in/SignIn.svelte"], limit: 45_000 },
  { route: "shelf", entries: ["src/screens/shelf/Shelf.svelte"], limit: 45_000 },
  { route: "reader", entries: ["src/screens/reader/Reader.svelte"], limit: 50_000 },
];

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function scripts(keys) {
  const seen = new Set();
  const queue = [...keys];
  while (queue.length > 0) {
    const key = queue.pop();
    const chunk = manifest[key];
    if (!chunk) throw new Error(`no chunk is called ${key}: has the screen moved?`);
    if (seen.has(chunk.file)) continue;
    seen.add(chunk.file);
    queue.push(...(chunk.imports ?? []));
  }
  return [...seen].filter((file) => file.endsWith(".js"));
}

let over = false;
for (const { route, entries, limit } of BUDGETS) {
  const files = scripts(["index.html", ...entries]);
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length,
    0,
  );
  over ||= bytes > limit;
  console.log(
    `${route.padEnd(8)} ${(bytes / 1000).toFixed(1)} of ${limit / 1000} KB gzipped JavaScript in ${files.length} files${bytes > limit ? ": TOO MUCH" : ""}`,
  );
}
process.exitCode = over ? 1 : 0;
