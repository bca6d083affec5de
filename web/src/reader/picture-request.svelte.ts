import { type Stop, watchJob } from "../api/events.ts";
import { requestPicture, type Wish } from "../api/pictures.ts";
import type { Description, Job, Picture } from "../api/types.ts";

export type PictureState =
  | { kind: "drawing"; progress: number; previous: Picture | null }
  | { kind: "shown"; picture: Picture }
  | { kind: "failed"; error: unknown };

/** Gets the picture of one description: the stored one, or a newly made one as soon as it is there. */
export class PictureRequest {
  state: PictureState = $state.raw({ kind: "drawing", progress: 0, previous: null });
  private stop: Stop = () => {};
  private current: Description | null = null;

  constructor(private readonly onPicture: (description: Description, picture: Picture) => void) {}

  show(description: Description): void {
    if (description === this.current) return;
    this.cancel();
    this.current = description;
    if (description.picture) this.state = { kind: "shown", picture: description.picture };
    else void this.ask(description, {}, null);
  }

  /** Another stored picture of the same words takes the place of the one in view. */
  put(picture: Picture): void {
    const { current } = this;
    if (!current) return;
    this.stop();
    this.finish(current, picture);
  }

  /** Asks for another picture of the same words. */
  again(wish: Wish): void {
    const { current } = this;
    if (!current) return;
    const previous = this.state.kind === "shown" ? this.state.picture : null;
    this.cancel();
    this.current = current;
    void this.ask(current, wish, previous);
  }

  retry(): void {
    const { current } = this;
    this.cancel();
    if (current) this.show(current);
  }

  cancel(): void {
    this.stop();
    this.stop = () => {};
    this.current = null;
  }

  private async ask(description: Description, wish: Wish, previous: Picture | null): Promise<void> {
    this.state = { kind: "drawing", progress: 0, previous };
    try {
      const answer = await requestPicture(description.id, wish);
      if (description !== this.current) return;
      if ("picture" in answer) this.finish(description, answer.picture);
      else this.follow(description, answer.job, wish, previous);
    } catch (error) {
      if (description === this.current) this.state = { kind: "failed", error };
    }
  }

  private follow(description: Description, job: Job, wish: Wish, previous: Picture | null): void {
    this.stop = watchJob(job.id, (now) => {
      if (description !== this.current) return;
      if (now.state === "done") void this.collect(description, wish);
      else if (now.state === "failed" || now.state === "cancelled")
        this.state = { kind: "failed", error: null };
      else this.state = { kind: "drawing", progress: now.progress, previous };
    });
  }

  /** The job is done: the same request now answers with the picture. */
  private async collect(description: Description, wish: Wish): Promise<void> {
    try {
      const answer = await requestPicture(description.id, wish);
      if (description !== this.current) return;
      if ("picture" in answer) this.finish(description, answer.picture);
      else this.state = { kind: "failed", error: null };
    } catch (error) {
      if (description === this.current) this.state = { kind: "failed", error };
    }
  }

  private finish(description: Description, picture: Picture): void {
    this.state = { kind: "shown", picture };
    this.onPicture(description, picture);
  }
}
