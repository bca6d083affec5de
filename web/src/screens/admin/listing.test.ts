import { expect, test } from "vitest";
import { Listing } from "./listing.svelte.ts";

test("an answer that comes late does not replace that of a newer wish", async () => {
  const listing = new Listing<string>();
  let answerFirst: (answer: string) => void = () => {};
  const first = listing.load(() => new Promise((resolve) => (answerFirst = resolve)));
  await listing.load(async () => "second");
  answerFirst("first");
  await first;
  expect(listing.answer).toBe("second");
});

test("a failure is told and the last answer stays; the next answer clears it", async () => {
  const listing = new Listing<string>();
  await listing.load(async () => "known");
  await listing.load(async () => {
    throw new Error("away");
  });
  expect([listing.answer, String(listing.failure)]).toEqual(["known", "Error: away"]);
  await listing.load(async () => "again");
  expect([listing.answer, listing.failure]).toEqual(["again", null]);
});

test("what was stopped says nothing more", async () => {
  const listing = new Listing<string>();
  const loading = listing.load(async () => "late");
  listing.stop();
  await loading;
  expect(listing.answer).toBeNull();
});
