import type { Incoming, Outgoing } from "./routes.ts";
import type { World } from "./world.ts";

type Route = [string, RegExp, (world: World, request: Incoming, id: string) => Outgoing];

const BORN = "2026-01-01T00:00:00Z";

/** What an account page asks for. The proof that letters carry is `good-proof-of-the-mock`, once. */
export const ACCOUNT_ROUTES: Route[] = [
  ["GET", /^\/api\/v1\/users\/me\/plan$/, () => ({ status: 200, body: standing() })],
  ["GET", /^\/api\/v1\/users\/me\/sessions$/, () => ({ status: 200, body: devices() })],
  ["DELETE", /^\/api\/v1\/users\/me\/sessions(?:\/([^/]+))?$/, () => ({ status: 204 })],
  ["PUT", /^\/api\/v1\/users\/me\/(?:email|password)$/, proved],
  ["POST", /^\/api\/v1\/users\/me\/verification$/, () => ({ status: 202 })],
  ["POST", /^\/api\/v1\/auth\/forgot-password$/, () => ({ status: 202 })],
  ["POST", /^\/api\/v1\/auth\/(?:reset-password|confirm-email)$/, byLetter],
];

function standing(): object {
  return {
    plan: "free",
    until: null,
    allowance: { books: 50, storage_bytes: 1_000_000_000, pictures_per_day: 50, pictures_per_month: 500 },
    used: { books: 1, storage_bytes: 2_400_000, pictures_today: 4, pictures_this_month: 4 },
    above_limit: false,
  };
}

function devices(): object[] {
  const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0";
  const other = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0";
  return [
    { id: "here", device: agent, created_at: BORN, expires_at: BORN, current: true },
    { id: "elsewhere", device: other, created_at: BORN, expires_at: BORN, current: false },
  ];
}

function proved(world: World, request: Incoming): Outgoing {
  const email = world.sessions.get(request.cookies.get("access") ?? "") ?? "";
  const said = JSON.parse(request.body.toString("utf8")) as { current_password: string };
  const known = world.users.get(email);
  if (said.current_password === known?.password) return { status: 204 };
  return { status: 422, body: { code: "wrong-password", title: "", detail: "", status: 422 } };
}

function byLetter(_world: World, request: Incoming): Outgoing {
  const { token } = JSON.parse(request.body.toString("utf8")) as { token: string };
  if (token === "good-proof-of-the-mock") return { status: 204 };
  return { status: 422, body: { code: "link-spent", title: "", detail: "", status: 422 } };
}
