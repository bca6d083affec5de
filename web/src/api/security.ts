import type { Answer } from "./contract.ts";
import { call } from "./transport.ts";

export type SignedInDevice = Answer<"/api/v1/users/me/sessions", "get">[number];
export type Standing = Answer<"/api/v1/users/me/plan", "get">;

/** The new address counts once the link in the letter to it was followed. */
export async function changeEmail(currentPassword: string, newEmail: string): Promise<void> {
  await call("put", "/api/v1/users/me/email", {
    body: { current_password: currentPassword, new_email: newEmail },
  });
}

/** Every other device is signed out. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await call("put", "/api/v1/users/me/password", {
    body: { current_password: currentPassword, new_password: newPassword },
  });
}

export function listDevices(): Promise<SignedInDevice[]> {
  return call("get", "/api/v1/users/me/sessions", {});
}

export async function signDeviceOut(id: string): Promise<void> {
  await call("delete", "/api/v1/users/me/sessions/{session_id}", { path: { session_id: id } });
}

export async function signOthersOut(): Promise<void> {
  await call("delete", "/api/v1/users/me/sessions", {});
}

/** The reader's plan, what it allows and how much of that is used. */
export function getStanding(): Promise<Standing> {
  return call("get", "/api/v1/users/me/plan", {});
}
