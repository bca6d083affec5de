/**
 * What the service worker does with a request:
 * `page`: the network, else the app as it was last served;
 * `asset` and `content`: what never changes under its address, from the cache when it is there;
 * `answer`: the network, else the last answer;
 * `pass`: none of its business.
 */
export type Strategy = "page" | "asset" | "content" | "answer" | "pass";

const ANSWERS = /^\/api\/v1\/(books|catalogue|users\/me)(\/|$)/;
const LIVE_OR_LARGE = /\/(events|export|sessions)(\/|$)/;

export function strategyOf(
  request: { method: string; mode: string; ranged: boolean },
  path: string,
): Strategy {
  if (request.method !== "GET" || request.ranged) return "pass";
  if (request.mode === "navigate") return /^\/(api|content|docs)(\/|$)/.test(path) ? "pass" : "page";
  if (path.startsWith("/assets/")) return "asset";
  if (path.startsWith("/content/") || /^\/api\/v1\/pictures\/[^/]+\/image$/.test(path)) return "content";
  return ANSWERS.test(path) && !LIVE_OR_LARGE.test(path) ? "answer" : "pass";
}
