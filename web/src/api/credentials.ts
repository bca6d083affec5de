import { Problem } from "./problem.ts";
import type { Tokens } from "./types.ts";

/**
 * The tokens live in HttpOnly cookies, out of reach of scripts. What is kept here is only when the access
 * token ends, so that it is renewed before a request fails, and whether someone is signed in at all.
 */
const KEY = "bookreader.session";
const EARLY_MS = 30_000;

export function remember(tokens: Tokens): void {
  localStorage.setItem(KEY, String(Date.now() + tokens.expires_in * 1000));
}

export function forget(): void {
  localStorage.removeItem(KEY);
}

export function isSignedIn(): boolean {
  return localStorage.getItem(KEY) !== null;
}

function isFresh(): boolean {
  return Number(localStorage.getItem(KEY) ?? 0) - Date.now() > EARLY_MS;
}

export async function keepFresh(): Promise<void> {
  // Without a network the request goes on all the same: the service worker may have an answer.
  if (isSignedIn() && !isFresh()) await renew().catch(() => {});
}

/**
 * Rotates the refresh token once for all tabs: a second tab that presented the old one would look like a
 * thief. `stale` is the expiry that the failed request was sent with.
 */
export async function renew(stale: string | null = localStorage.getItem(KEY)): Promise<boolean> {
  return navigator.locks.request("bookreader.renew", async () => {
    const current = localStorage.getItem(KEY);
    if (current === null) return false;
    if (current !== stale) return true;
    const response = await fetch("/api/v1/auth/refresh", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => null);
    if (response === null) throw Problem.offline();
    if (response.ok) {
      remember((await response.json()) as Tokens);
      return true;
    }
    if (response.status === 401 || response.status === 403) forget();
    return false;
  });
}

export function stamp(): string | null {
  return localStorage.getItem(KEY);
}
