import { call } from "./transport.ts";

/** Asks for a letter; whether the address has an account is not told. */
export async function forgotPassword(email: string): Promise<void> {
  await call("post", "/api/v1/auth/forgot-password", { body: { email } });
}

/** Sets a new password by a letter's proof; every device is signed out. */
export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await call("post", "/api/v1/auth/reset-password", { body: { token, new_password: newPassword } });
}

export async function confirmEmail(token: string): Promise<void> {
  await call("post", "/api/v1/auth/confirm-email", { body: { token } });
}

/** Asks for another letter with which the account's address is confirmed. */
export async function writeAgain(): Promise<void> {
  await call("post", "/api/v1/users/me/verification", {});
}
