import type { Book, Job } from "../api/types.ts";

export type Stage =
  | "waiting"
  | "upload"
  | "import"
  | "descriptions"
  | "pictures"
  | "ready"
  | "duplicate"
  | "failed";

/** What is being done to a book just now, and how far that is (null: nobody can tell). */
export interface Progress {
  stage: Stage;
  share: number | null;
}

export function progressOf(book: Book, jobs: readonly Job[]): Progress {
  if (book.status === "failed") return { stage: "failed", share: null };
  if (book.status === "importing") return { stage: "import", share: shareOf("ingest", jobs) };
  if (book.status === "describing") return { stage: "descriptions", share: shareOf("describe", jobs) };
  const drawing = shareOf("illustrate", jobs);
  return drawing === null ? { stage: "ready", share: 1 } : { stage: "pictures", share: drawing };
}

/** The done share of the work of a kind that is under way; null where there is none or it tells nothing yet. */
function shareOf(kind: Job["kind"], jobs: readonly Job[]): number | null {
  const job = jobs.find((candidate) => candidate.kind === kind && candidate.state === "running");
  return job && job.progress > 0 ? job.progress : null;
}

export function isFinished(stage: Stage): boolean {
  return stage === "ready" || stage === "duplicate" || stage === "failed";
}
