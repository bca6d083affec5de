import { forget, remember } from "./credentials.ts";
import { call } from "./transport.ts";
import type { User } from "./types.ts";

export function register(email: string, password: string, fullName: string): Promise<User> {
  return call("post", "/api/v1/users/register", { body: { email, password, full_name: fullName } });
}

export async function signIn(email: string, password: string): Promise<void> {
  remember(await call("post", "/api/v1/auth/login", { body: { email, password } }));
}

export async function signOut(): Promise<void> {
  await call("post", "/api/v1/auth/logout", {}).finally(forget);
}

export function me(): Promise<User> {
  return call("get", "/api/v1/users/me", {});
}

export function rename(fullName: string): Promise<User> {
  return call("patch", "/api/v1/users/me", { body: { full_name: fullName } });
}

export async function removeAccount(): Promise<void> {
  await call("delete", "/api/v1/users/me", {});
  forget();
}
