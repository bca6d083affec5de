import type { Messages } from "../i18n/ru.ts";

/** What the service answered (RFC 9457), or `status` 0 when no answer came at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly extension: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail || code);
    this.name = "Problem";
  }

  static async from(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => null);
    const wait = response.headers.get("retry-after");
    return Problem.of(response.status, isRecord(body) && wait ? { ...body, retry_after: wait } : body);
  }

  static of(status: number, body: unknown): Problem {
    const record = isRecord(body) ? body : {};
    const fields: Record<string, string> = {};
    for (const entry of Array.isArray(record.errors) ? record.errors : []) {
      if (isRecord(entry) && typeof entry.field === "string")
        fields[entry.field] = String(entry.detail ?? "");
    }
    return new Problem(status, text(record.code), text(record.detail) || text(record.title), fields, record);
  }

  static offline(): Problem {
    return new Problem(0, "offline", "");
  }
}

/** Words for the reader: what happened and what to do about it. */
export function explain(error: unknown, m: Messages): string {
  if (!(error instanceof Problem)) return m.errors.unexpected;
  const byCode: Partial<Record<string, string>> = m.errors.byCode;
  const known = byCode[error.code] ?? byCode[error.code.replaceAll("_", "-")];
  if (known) return known;
  if (error.status === 0) return m.errors.offline;
  if (error.status === 401) return m.errors.signedOut;
  if (error.status === 403) return m.errors.forbidden;
  if (error.status === 404) return m.errors.notFound;
  if (error.status === 413) return m.errors.byCode["too-large"];
  if (error.status === 429) return m.errors.tooMany(retryAfter(error));
  if (error.status >= 500) return m.errors.server;
  return error.detail || m.errors.unexpected;
}

function retryAfter(problem: Problem): number {
  const seconds = Number(problem.extension.retry_after);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : 60;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
