export type AdminPart = "overview" | "users" | "jobs" | "letters" | "audit";

/** Where one can be in the app. */
export type Route =
  | { name: "shelf" }
  | { name: "sign-in" }
  | { name: "sign-up" }
  | { name: "forgotten-password" }
  | { name: "reset-password" }
  | { name: "confirm-email" }
  | { name: "book"; id: string }
  | { name: "reader"; id: string }
  | { name: "gallery"; id: string }
  | { name: "pictures" }
  | { name: "account" }
  | { name: "admin"; id: AdminPart }
  | { name: "not-found" };

const PATTERNS: [RegExp, (id: string) => Route][] = [
  [/^\/$/, () => ({ name: "shelf" })],
  [/^\/sign-in$/, () => ({ name: "sign-in" })],
  [/^\/sign-up$/, () => ({ name: "sign-up" })],
  [/^\/forgotten-password$/, () => ({ name: "forgotten-password" })],
  [/^\/reset-password$/, () => ({ name: "reset-password" })],
  [/^\/confirm-email$/, () => ({ name: "confirm-email" })],
  [/^\/pictures$/, () => ({ name: "pictures" })],
  [/^\/account$/, () => ({ name: "account" })],
  [
    /^\/admin(?:\/(users|jobs|letters|audit))?$/,
    (part) => ({ name: "admin", id: (part || "overview") as AdminPart }),
  ],
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
  forgottenPassword: () => "/forgotten-password",
  pictures: () => "/pictures",
  account: () => "/account",
  admin: (part: AdminPart) => (part === "overview" ? "/admin" : `/admin/${part}`),
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

/** What a letter's link proves: it stands in the fragment, which browsers send to no server. */
export function proofIn(hash: string): string | null {
  return /^#([\w.~-]{16,512})$/.exec(hash)?.[1] ?? null;
}

/** A path of this app to return to after signing in; anything else would lead a reader astray. */
export function safeReturn(search: string): string {
  const to = new URLSearchParams(search).get("to") ?? "/";
  return /^\/(?![/\\])/.test(to) ? to : "/";
}
