import { getBook } from "./books.ts";
import { keepFresh } from "./credentials.ts";
import { call } from "./transport.ts";
import type { Book, Job } from "./types.ts";

/** A browser allows six connections to one address over HTTP/1.1; most must stay free for requests. */
const STREAMS = 3;
const POLL_MS = 2_000;
let streams = 0;

export type Stop = () => void;

export interface BookProgress {
  book: Book;
  jobs: Job[];
}

export function isOver(job: Job): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}

/** Reports a job until it is over. */
export function watchJob(id: string, report: (job: Job) => void): Stop {
  const ask = () => call("get", "/api/v1/jobs/{job_id}", { path: { job_id: id } });
  return watch<Job>(`/api/v1/jobs/${id}/events`, ask, isOver, report);
}

/** Reports a book and its jobs until it is ready or has failed. */
export function watchBook(id: string, report: (progress: BookProgress) => void): Stop {
  const over = ({ book }: BookProgress) => book.status === "ready" || book.status === "failed";
  const ask = async (): Promise<BookProgress> => {
    const book = await getBook(id);
    const job = book.job_id ?? null;
    return { book, jobs: job ? [await call("get", "/api/v1/jobs/{job_id}", { path: { job_id: job } })] : [] };
  };
  return watch(`/api/v1/books/${id}/events`, ask, over, report);
}

/** Follows server-sent events; asks again and again instead where no stream is free or it breaks off. */
function watch<State>(
  url: string,
  ask: () => Promise<State>,
  over: (state: State) => boolean,
  report: (state: State) => void,
): Stop {
  let stopped = false;
  let release: Stop = () => {};
  const stop = () => {
    stopped = true;
    release();
  };
  const accept = (state: State) => {
    if (stopped) return;
    report(state);
    if (over(state)) stop();
  };
  const poll = async () => {
    try {
      accept(await ask());
    } catch {
      // The next round tries again; the caller's screen already shows the last known state.
    }
    if (stopped) return;
    const timer = setTimeout(poll, POLL_MS);
    release = () => clearTimeout(timer);
  };
  const follow = () => {
    streams += 1;
    const source = new EventSource(url);
    let open = true;
    release = () => {
      if (open) streams -= 1;
      open = false;
      source.close();
    };
    const settle = () => {
      release();
      if (!stopped) void poll();
    };
    source.addEventListener("progress", (event) => accept(JSON.parse(event.data) as State));
    source.addEventListener("done", settle);
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) settle();
    });
  };
  void keepFresh()
    .catch(() => {})
    .then(() => {
      if (stopped) return;
      if (streams < STREAMS) follow();
      else void poll();
    });
  return stop;
}
