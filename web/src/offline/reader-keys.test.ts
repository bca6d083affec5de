import { expect, test } from "vitest";
import { forgetStored, READER_KEYS } from "./reader-keys.ts";

test("signing out removes books, places and notes of the reader, and nothing of the browser's own", () => {
  localStorage.setItem(READER_KEYS.kept, '["b1"]');
  localStorage.setItem(`${READER_KEYS.unsent}b1`, "{}");
  localStorage.setItem(`${READER_KEYS.notes}b1`, "{}");
  localStorage.setItem("bookreader.locale", "ru");
  localStorage.setItem(`${READER_KEYS.kept}.else`, "not ours");
  forgetStored();
  expect(Object.keys(localStorage).sort()).toEqual([`${READER_KEYS.kept}.else`, "bookreader.locale"]);
  localStorage.clear();
});
