import { keepFresh, renew } from "./credentials.ts";
import { Problem } from "./problem.ts";
import type { Book, Job } from "./types.ts";

export interface Uploaded {
  book: Book;
  job: Job | null;
  duplicate: boolean;
}

/** Sends a book's file; `report` gets the sent share from 0 to 1. */
export async function uploadBook(
  file: File,
  report: (sent: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  await keepFresh();
  try {
    return await post(file, report, signal);
  } catch (error) {
    if (error instanceof Problem && error.status === 401 && (await renew()))
      return post(file, report, signal);
    throw error;
  }
}

/** `fetch` tells nothing of an upload's progress; XMLHttpRequest does. */
function post(file: File, report: (sent: number) => void, signal: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", "/api/v1/books");
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable && event.total > 0) report(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.status < 300) {
        const { book, job, duplicate } = request.response as Partial<Uploaded> & { book: Book };
        resolve({ book, job: job ?? null, duplicate: duplicate ?? false });
      } else {
        reject(Problem.of(request.status, request.response));
      }
    });
    request.addEventListener("error", () => reject(Problem.offline()));
    request.addEventListener("abort", () => reject(new DOMException("upload cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
