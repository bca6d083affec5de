/** The app itself: the same for everybody. */
export const APP = "app-1";
/** What one reader was shown; it goes when they sign out. */
export const READER = "reader-1";

/** The message that makes the worker drop what it holds of a reader, answers under way included. */
export const FORGET = "forget-reader";

/** The message of a page that was opened while the worker was starting, and is not yet in its care. */
export const CLAIM = "claim";

export async function forgetReader(): Promise<void> {
  navigator.serviceWorker?.controller?.postMessage(FORGET);
  if ("caches" in globalThis) await caches.delete(READER);
}
