import { type Answer, address, type Method, type Parameters, type Path } from "./contract.ts";
import { isSignedIn, keepFresh, renew, stamp } from "./credentials.ts";
import { Problem } from "./problem.ts";

export interface Sending {
  signal?: AbortSignal;
  /** Lets a small write outlive the page. */
  keepalive?: boolean;
}

let onSignedOut: () => void = () => {};

/** Called when the session has ended on the service's side. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** One request of the JSON API; renews the session once when it has run out. */
export async function call<By extends Method, At extends Path>(
  method: By,
  path: At,
  parameters: Parameters<At, By>,
  sending: Sending = {},
): Promise<Answer<At, By>> {
  const { path: names, query, body } = parameters as { path?: object; query?: object; body?: unknown };
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  const request: RequestInit = { ...sending, method: method.toUpperCase(), headers };
  if (body !== undefined) request.body = JSON.stringify(body);
  const response = await authorised(() => reach(address(path, names, query), request));
  if (!response.ok) throw await Problem.from(response);
  const said = await response.text();
  return (said === "" ? undefined : JSON.parse(said)) as Answer<At, By>;
}

/** The text of a chapter or another document that the reader may see. */
export async function fetchText(url: string): Promise<string> {
  const response = await authorised(() => reach(url, {}));
  if (!response.ok) throw await Problem.from(response);
  return response.text();
}

async function authorised(attempt: () => Promise<Response>): Promise<Response> {
  await keepFresh();
  const sentWith = stamp();
  const response = await attempt();
  if (response.status !== 401 || !isSignedIn()) return response;
  if (await renew(sentWith)) return attempt();
  onSignedOut();
  return response;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw Problem.offline();
  }
}
