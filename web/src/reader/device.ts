const KEY = "bookreader.device";

/** A lasting name of this browser for saved places, such as "Chrome · Linux · 3f2a". */
export function deviceName(): string {
  const known = localStorage.getItem(KEY);
  if (known) return known;
  const name = `${browserOf(navigator.userAgent)} · ${systemOf(navigator.userAgent)} · ${mark()}`;
  localStorage.setItem(KEY, name);
  return name;
}

export function browserOf(agent: string): string {
  if (agent.includes("Firefox/")) return "Firefox";
  if (agent.includes("Edg/")) return "Edge";
  if (agent.includes("YaBrowser/")) return "Yandex";
  if (agent.includes("Chrome/")) return "Chrome";
  if (agent.includes("Safari/")) return "Safari";
  return "Browser";
}

export function systemOf(agent: string): string {
  if (/iPhone|iPad/.test(agent)) return "iOS";
  if (agent.includes("Android")) return "Android";
  if (agent.includes("Windows")) return "Windows";
  if (agent.includes("Mac OS")) return "macOS";
  return "Linux";
}

function mark(): string {
  return crypto.getRandomValues(new Uint16Array(1))[0]?.toString(16).padStart(4, "0") ?? "0000";
}
