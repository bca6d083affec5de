/** A list that is fetched anew whenever what it depends on changes, the answers of older wishes thrown away. */
export class Listing<Answer> {
  answer: Answer | null = $state.raw(null);
  failure: unknown = $state.raw(null);
  private abort = new AbortController();

  async load(fetch: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    this.abort.abort();
    this.abort = new AbortController();
    const { signal } = this.abort;
    try {
      const answer = await fetch(signal);
      if (signal.aborted) return;
      this.answer = answer;
      this.failure = null;
    } catch (error) {
      if (!signal.aborted) this.failure = error;
    }
  }

  stop(): void {
    this.abort.abort();
  }
}
