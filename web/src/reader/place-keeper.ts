import type { Saved } from "../api/positions.ts";
import type { NewPosition, Position } from "../api/types.ts";
import type { Place } from "./sections.ts";

export interface PlaceStore {
  put(place: NewPosition, keepalive: boolean): Promise<Saved>;
}

const QUIET_MS = 1_500;
const RETRY_MS = 10_000;

/**
 * Saves the reader's place by compare-and-set. It writes nothing before `restored` is called, sends one
 * write at a time, and stops at a conflict until the reader has chosen between the two places.
 */
export class PlaceKeeper {
  private version = 0;
  private saved: Place | null = null;
  private wanted: Place | null = null;
  private ready = false;
  private busy = false;
  private conflict: Position | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: PlaceStore,
    private readonly device: string,
    private readonly onConflict: (elsewhere: Position) => void,
  ) {}

  /** The restore has finished at this place; from now on moves are saved. */
  restored(place: Place, stored: Position | null): void {
    this.version = stored?.version ?? 0;
    this.saved = stored ? { chapter: stored.chapter, offset: stored.offset } : null;
    this.wanted = same(this.saved, place) ? null : place;
    this.ready = true;
  }

  moved(place: Place): void {
    if (!this.ready) return;
    this.wanted = same(this.saved, place) ? null : place;
    this.schedule(QUIET_MS);
  }

  /** Sends what is not yet saved at once, in a way that outlives the page. */
  flush(): void {
    clearTimeout(this.timer);
    void this.write(true);
  }

  /** The reader goes to the place saved elsewhere: it is the truth now. */
  acceptElsewhere(): void {
    if (!this.conflict) return;
    this.version = this.conflict.version;
    this.saved = { chapter: this.conflict.chapter, offset: this.conflict.offset };
    this.wanted = null;
    this.conflict = null;
  }

  /** The reader stays here: this place replaces the one saved elsewhere, knowingly. */
  keepHere(place: Place): void {
    if (!this.conflict) return;
    this.version = this.conflict.version;
    this.conflict = null;
    this.wanted = place;
    this.schedule(0);
  }

  stop(): void {
    this.flush();
    this.ready = false;
  }

  private schedule(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.write(false), delay);
  }

  private async write(keepalive: boolean): Promise<void> {
    const place = this.wanted;
    if (!this.ready || this.busy || this.conflict || !place) return;
    this.busy = true;
    try {
      const answer = await this.store.put(
        { ...place, device: this.device, expected_version: this.version },
        keepalive,
      );
      this.settle(place, answer);
    } catch {
      this.schedule(RETRY_MS);
    } finally {
      this.busy = false;
    }
    if (this.wanted && !this.conflict) this.schedule(this.saved === null ? RETRY_MS : QUIET_MS);
  }

  private settle(place: Place, answer: Saved): void {
    if (answer.kind === "conflict") {
      // Our own write whose answer was lost on the way is no conflict.
      if (answer.current.device === this.device && same(answer.current, place)) {
        this.version = answer.current.version;
        this.saved = place;
        if (same(this.wanted, place)) this.wanted = null;
        return;
      }
      this.conflict = answer.current;
      this.onConflict(answer.current);
      return;
    }
    this.version = answer.position.version;
    this.saved = place;
    if (same(this.wanted, place)) this.wanted = null;
  }
}

function same(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a.chapter === b.chapter && a.offset === b.offset;
}
