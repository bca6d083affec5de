import type { Work } from "../../api/admin.ts";

/** How much work there was of each kind of state at a moment. */
export interface Sample {
  /** Seconds since 1970. */
  at: number;
  queued: number;
  running: number;
  failed: number;
}

/** How many samples a chart shows: ten minutes of one every five seconds. */
const MOST = 120;

export function sampleOf(work: readonly Work[], now: Date): Sample {
  const count = (state: Work["state"]) => work.filter((job) => job.state === state).length;
  return {
    at: now.getTime() / 1_000,
    queued: count("queued"),
    running: count("running"),
    failed: count("failed"),
  };
}

/** The samples with one more, the oldest dropped where there are too many. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  return [...samples, next].slice(-MOST);
}

/** The samples as uPlot takes them: the moments first, then a row for each line. */
export function rowsOf(samples: readonly Sample[]): [number[], number[], number[], number[]] {
  return [
    samples.map(({ at }) => at),
    samples.map(({ queued }) => queued),
    samples.map(({ running }) => running),
    samples.map(({ failed }) => failed),
  ];
}
