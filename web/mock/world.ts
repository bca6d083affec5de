import type { Annotation, Book, Description, Job, Picture, Position, User } from "../src/api/types.ts";
import { fromFile, keepersLamp, type MockText, winterRoad } from "./demo-books.ts";

export const DEMO = { email: "reader@example.com", password: "green-lamp-reading-room" };

interface Shelved {
  book: Book;
  text: MockText;
  descriptions: Description[];
  position: Position | null;
  annotations: Map<string, Annotation>;
  owner: string | null;
}

/** Everything the mock knows; gone with its process. */
export class World {
  readonly users = new Map<string, User & { password: string }>();
  readonly sessions = new Map<string, string>();
  readonly shelf = new Map<string, Shelved>();
  readonly pictures = new Map<string, Picture>();
  readonly jobs = new Map<string, Job>();
  readonly exports = new Set<string>();
  private count = 0;

  constructor(private readonly pace = 1) {
    const user = this.addUser(DEMO.email, DEMO.password, "Анна Читательница");
    const first = this.addBook(winterRoad(), user.id, "ready");
    this.addBook(keepersLamp(), null, "ready");
    for (const description of first.descriptions.slice(0, 4)) this.draw(description, 0);
  }

  id(kind: string): string {
    this.count += 1;
    return `${kind}-${String(this.count).padStart(4, "0")}`;
  }

  addUser(email: string, password: string, name: string): User {
    const user = {
      id: this.id("user"),
      email,
      full_name: name,
      role: "reader",
      email_verified: true,
      language: "ru" as const,
      created_at: new Date().toISOString(),
    };
    this.users.set(email, { ...user, password });
    return user;
  }

  addBook(text: MockText, owner: string | null, status: Book["status"]): Shelved {
    const id = this.id("book");
    const revision = `rev${id.replace(/\D/g, "")}`;
    const length = text.chapters.reduce((sum, chapter) => sum + chapter.text.length, 0);
    const descriptions = text.chapters.flatMap((chapter, index) =>
      chapter.passages.map((passage) => ({
        id: this.id("description"),
        chapter: index,
        ...passage,
        score: 0.9,
        prompt: "a winter landscape",
        characters: [],
        places: [],
        picture: null,
      })),
    );
    const book: Book = {
      id,
      title: text.title,
      authors: text.authors,
      language: text.language,
      series: text.series,
      series_position: text.series ? 1 : null,
      description: text.description,
      format: "epub",
      status,
      failure: null,
      revision,
      chapter_count: text.chapters.length,
      length,
      start_chapter: 0,
      cover_url: null,
      owned: owner !== null,
      in_catalogue: owner === null,
      description_count: descriptions.length,
      picture_count: 0,
      progress: null,
      added_at: new Date().toISOString(),
      job_id: null,
    };
    const shelved = { book, text, descriptions, position: null, annotations: new Map(), owner };
    this.shelf.set(id, shelved);
    return shelved;
  }

  /** Takes a file in and works on it a little at a time, as the service does. */
  upload(fileName: string, content: string, owner: string): Shelved {
    const shelved = this.addBook(fromFile(fileName, content), owner, "importing");
    const job = this.job("ingest", shelved.book.id);
    shelved.book.job_id = job.id;
    this.step(job, () => {
      shelved.book.status = "describing";
      this.step(this.job("describe", shelved.book.id), () => {
        shelved.book.status = "ready";
      });
    });
    return shelved;
  }

  requestPicture(description: Description, seed: number, style = "watercolour"): Job {
    const job = this.job("illustrate", null);
    this.step(job, () => this.draw(description, seed, style));
    return job;
  }

  draw(description: Description, seed: number, style = "watercolour"): Picture {
    const id = this.id("picture");
    const url = (width: string) => `/api/v1/pictures/${id}/image?width=${width}&seed=${seed}`;
    const picture: Picture = {
      id,
      description_id: description.id,
      chapter: description.chapter,
      start: description.start,
      kind: description.kind,
      style,
      width: 960,
      height: 640,
      alt: description.text,
      urls: { small: url("480"), medium: url("960"), large: url("960"), original: url("original") },
      placeholder: PLACEHOLDER,
      created_at: new Date().toISOString(),
    };
    this.pictures.set(id, picture);
    description.picture = picture;
    const shelved = [...this.shelf.values()].find((candidate) =>
      candidate.descriptions.includes(description),
    );
    if (shelved)
      shelved.book.picture_count = shelved.descriptions.filter(({ picture: drawn }) => drawn).length;
    return picture;
  }

  job(kind: Job["kind"], bookId: string | null): Job {
    const job: Job = {
      id: this.id("job"),
      kind,
      state: "running",
      progress: 0,
      stage: null,
      error: null,
      book_id: bookId,
      created_at: new Date().toISOString(),
      finished_at: null,
    };
    this.jobs.set(job.id, job);
    return job;
  }

  step(job: Job, finish: () => void): void {
    const timer = setInterval(() => {
      job.progress = Math.min(1, job.progress + 0.25);
      if (job.progress < 1) return;
      clearInterval(timer);
      finish();
      job.state = "done";
      job.finished_at = new Date().toISOString();
    }, 150 * this.pace);
  }
}

/** One grey-blue pixel. */
const PLACEHOLDER =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkSN50HgAEFAJBp4XUiAAAAABJRU5ErkJggg==";
