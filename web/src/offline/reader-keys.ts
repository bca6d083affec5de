/** What this browser holds of a reader, by key of localStorage; a key that ends in a dot goes before a book's id. */
export const READER_KEYS = {
  kept: "bookreader.kept",
  unsent: "bookreader.unsent.",
  notes: "bookreader.notes.",
} as const;

/** Removes all of it: the reader has signed out. */
export function forgetStored(): void {
  const whole = Object.values(READER_KEYS);
  for (const key of Object.keys(localStorage)) {
    if (whole.some((known) => key === known || (known.endsWith(".") && key.startsWith(known))))
      localStorage.removeItem(key);
  }
}
