import { expect, test } from "vitest";
import type { Book, Job } from "../api/types.ts";
import { progressOf } from "./stages.ts";

function book(status: Book["status"]): Book {
  return { status } as Book;
}

function job(kind: Job["kind"], progress: number, state: Job["state"] = "running"): Job {
  return { kind, progress, state } as Job;
}

test("the stage is what is being done now", () => {
  expect(progressOf(book("importing"), [job("ingest", 0.5)])).toEqual({ stage: "import", share: 0.5 });
  expect(progressOf(book("describing"), [job("describe", 0.25)])).toEqual({
    stage: "descriptions",
    share: 0.25,
  });
  expect(progressOf(book("ready"), [job("illustrate", 0.1)])).toEqual({ stage: "pictures", share: 0.1 });
  expect(progressOf(book("ready"), [])).toEqual({ stage: "ready", share: 1 });
  expect(progressOf(book("failed"), [job("ingest", 0.5)])).toEqual({ stage: "failed", share: null });
});

test("a job that waits or tells nothing has no share", () => {
  expect(progressOf(book("importing"), [job("ingest", 0, "queued")]).share).toBeNull();
  expect(progressOf(book("describing"), []).share).toBeNull();
});

test("jobs that are over count for nothing", () => {
  expect(progressOf(book("ready"), [job("illustrate", 1, "done")]).stage).toBe("ready");
});
