import type { Answer, Parameters } from "./contract.ts";
import { Problem } from "./problem.ts";
import { call } from "./transport.ts";

export type Account = Answer<"/api/v1/admin/users", "get">["items"][number];
export type Accounts = Answer<"/api/v1/admin/users", "get">;
export type Work = Answer<"/api/v1/admin/jobs", "get">[number];
export type WorkState = NonNullable<NonNullable<Parameters<"/api/v1/admin/jobs", "get">["query"]>["state"]>;
export type Letters = Answer<"/api/v1/admin/mails", "get">;
export type AuditLog = Answer<"/api/v1/admin/audit", "get">;
export type Role = Parameters<"/api/v1/admin/users/{user_id}/role", "put">["body"]["role"];
export type Plan = Parameters<"/api/v1/admin/users/{user_id}/plan", "put">["body"]["plan"];
export type Checks = Record<string, string>;

const USER = "/api/v1/admin/users/{user_id}";

export function listAccounts(q: string, page: number, signal: AbortSignal): Promise<Accounts> {
  const query = q === "" ? { page } : { q, page };
  return call("get", "/api/v1/admin/users", { query }, { signal });
}

export function setRole(id: string, role: Role): Promise<Account> {
  return call("put", `${USER}/role`, { path: { user_id: id }, body: { role } });
}

/** A plan without an end; the free one takes back what was given. */
export async function setPlan(id: string, plan: Plan): Promise<void> {
  if (plan === "free") await call("delete", `${USER}/plan`, { path: { user_id: id } });
  else await call("put", `${USER}/plan`, { path: { user_id: id }, body: { plan } });
}

export function suspend(id: string, reason: string): Promise<Account> {
  return call("put", `${USER}/suspension`, { path: { user_id: id }, body: { reason } });
}

export function restore(id: string): Promise<Account> {
  return call("delete", `${USER}/suspension`, { path: { user_id: id } });
}

export function listWork(state: WorkState | null, limit: number, signal?: AbortSignal): Promise<Work[]> {
  const query = state === null ? { limit } : { state, limit };
  return call("get", "/api/v1/admin/jobs", { query }, signal ? { signal } : {});
}

export function retryWork(id: string): Promise<Work> {
  return call("post", "/api/v1/admin/jobs/{job_id}/retry", { path: { job_id: id } });
}

export function cancelWork(id: string): Promise<Work> {
  return call("post", "/api/v1/admin/jobs/{job_id}/cancel", { path: { job_id: id } });
}

export function listLetters(page: number, signal: AbortSignal): Promise<Letters> {
  return call("get", "/api/v1/admin/mails", { query: { page } }, { signal });
}

export function listAudit(page: number, signal: AbortSignal): Promise<AuditLog> {
  return call("get", "/api/v1/admin/audit", { query: { page } }, { signal });
}

/** What the service's work needs, each `ok` or what is wrong; a service that is not ready answers 503 with the same. */
export async function readiness(signal: AbortSignal): Promise<Checks> {
  const response = await fetch("/ready", { signal }).catch(() => {
    throw Problem.offline();
  });
  if (response.status !== 200 && response.status !== 503) throw await Problem.from(response);
  return ((await response.json()) as { checks: Checks }).checks;
}
