import { expect, test } from "vitest";
import { Pace } from "./pace.ts";

function clocked() {
  const stored = new Map<string, string>();
  const clock = { now: 0 };
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  return { clock, stored, pace: () => new Pace(() => clock.now, storage) };
}

test("time left follows the reader's own speed", () => {
  const { clock, pace } = clocked();
  const reader = pace();
  const before = reader.minutesFor(100_000);
  for (let page = 0; page < 60; page += 1) {
    clock.now += 60_000;
    reader.reached(page * 600);
  }
  expect(reader.minutesFor(100_000)).toBeGreaterThan(before * 1.5);
  expect(pace().minutesFor(100_000)).toBe(reader.minutesFor(100_000));
});

test("leafing, jumping and long pauses are not reading", () => {
  const { clock, stored, pace } = clocked();
  const reader = pace();
  reader.reached(0);
  clock.now += 500;
  reader.reached(2_000);
  clock.now += 3_600_000;
  reader.reached(3_000);
  reader.jumped();
  clock.now += 60_000;
  reader.reached(4_100);
  expect(stored.size).toBe(0);
});
