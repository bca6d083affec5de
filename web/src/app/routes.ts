/** Where one can be in the app. */
export type Route =
  | { name: "shelf" }
  | { name: "sign-in" }
  | { name: "sign-up" }
  | { name: "book"; id: string }
  | { name: "reader"; id: string }
  | { name: "gallery"; id: string }
  | { name: "account" }
  | { name: "not-found" };

const PATTERNS: [RegExp, (id: string) => Route][] = [
  [/^\/$/, () => ({ name: "shelf" })],
  [/^\/sign-in$/, () => ({ name: "sign-in" })],
  [/^\/sign-up$/, () => ({ name: "sign-up" })],
  [/^\/account$/, () => ({ name: "account" })],
  [/^\/books\/([^/]+)$/, (id) => ({ name: "book", id })],
  [/^\/books\/([^/]+)\/read$/, (id) => ({ name: "reader", id })],
  [/^\/books\/([^/]+)\/gallery$/, (id) => ({ name: "gallery", id })],
];

/** The route of a path; a trailing slash makes no difference. */
export function match(pathname: string): Route {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") || "/" : pathname;
  for (const [pattern, build] of PATTERNS) {
    const found = pattern.exec(path);
    if (found) return build(found[1] ?? "");
  }
  return { name: "not-found" };
}

export const paths = {
  shelf: () => "/",
  signIn: (returnTo?: string) => (returnTo ? `/sign-in?to=${encodeURIComponent(returnTo)}` : "/sign-in"),
  signUp: () => "/sign-up",
  account: () => "/account",
  book: (id: string) => `/books/${id}`,
  reader: (id: string, at?: { chapter: number; offset: number }) =>
    at ? `/books/${id}/read?at=${at.chapter}.${at.offset}` : `/books/${id}/read`,
  gallery: (id: string) => `/books/${id}/gallery`,
};

/** The place that a reader address asks for, such as `?at=3.1200`. */
export function placeIn(search: string): { chapter: number; offset: number } | null {
  const found = /^(\d{1,6})\.(\d{1,9})$/.exec(new URLSearchParams(search).get("at") ?? "");
  return found ? { chapter: Number(found[1]), offset: Number(found[2]) } : null;
}

/** A path of this app to return to after signing in; anything else would lead a reader astray. */
export function safeReturn(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) ? to : "/";
}
