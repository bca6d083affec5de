import { expect, test } from "vitest";
import type { Work } from "../../api/admin.ts";
import { rowsOf, type Sample, sampleOf, withSample } from "./work-history.ts";

const job = (state: Work["state"]) => ({ state }) as Work;

test("a sample counts the work of each state", () => {
  const work = [job("queued"), job("running"), job("running"), job("failed"), job("done")];
  expect(sampleOf(work, new Date(5_000))).toEqual({ at: 5, queued: 1, running: 2, failed: 1 });
});

test("ten minutes are kept, and the chart has a row for each line", () => {
  let samples: Sample[] = [];
  for (let at = 0; at < 130; at += 1)
    samples = withSample(samples, { at, queued: at, running: 1, failed: 0 });
  const [moments, queued, running, failed] = rowsOf(samples);
  expect([moments.length, moments[0], queued.at(-1), running[0], failed[0]]).toEqual([120, 10, 129, 1, 0]);
});
