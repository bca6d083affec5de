import { me, signIn, signOut } from "../api/accounts.ts";
import { forget, isSignedIn } from "../api/credentials.ts";
import { Problem } from "../api/problem.ts";
import { whenSignedOut } from "../api/transport.ts";
import type { User } from "../api/types.ts";
import { forgetReader } from "../offline/caches.ts";
import { forgetStored } from "../offline/reader-keys.ts";

/** Who is reading. Nobody is asked for on the network unless someone has signed in here before. */
class Session {
  user: User | null = $state.raw(null);
  signedIn = $state(isSignedIn());

  start(): void {
    whenSignedOut(() => this.ended());
    addEventListener("storage", () => {
      this.signedIn = isSignedIn();
      if (!this.signedIn) this.user = null;
    });
    if (this.signedIn) void this.load();
  }

  async signIn(email: string, password: string): Promise<void> {
    await signIn(email, password);
    this.signedIn = true;
    await this.load();
  }

  async signOut(): Promise<void> {
    await signOut().catch(() => {});
    this.ended();
  }

  ended(): void {
    forget();
    void forgetReader();
    forgetStored();
    this.signedIn = false;
    this.user = null;
  }

  /** Asks again who is reading, after something about the account has changed. */
  async renewUser(): Promise<void> {
    if (this.signedIn) await this.load();
  }

  private async load(): Promise<void> {
    try {
      this.user = await me();
    } catch (error) {
      if (error instanceof Problem && (error.status === 401 || error.status === 404)) this.ended();
    }
  }
}

export const session = new Session();
