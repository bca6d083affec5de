import { browserOf, systemOf } from "../../reader/device.ts";

/** A browser's own long name of itself in the few words that tell devices apart; other programs keep theirs. */
export function deviceLabel(agent: string): string {
  if (!/Mozilla\//.test(agent)) return agent === "" ? "—" : agent;
  return `${browserOf(agent)} · ${systemOf(agent)}`;
}
