import type { User } from "../api/types.ts";

/** Whether somebody looks after other readers' accounts. */
export function looksAfterReaders(user: User | null): boolean {
  return user?.role === "moderator" || user?.role === "administrator";
}

/** Whether somebody looks after the whole service. */
export function looksAfterService(user: User | null): boolean {
  return user?.role === "administrator";
}
