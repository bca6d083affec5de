import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage.ts";

const MOCK_PROOF = "good-proof-of-the-mock";
const PATIENCE_MS = 20_000;

/** The proof in the latest letter to an address that leads to a page of the app; the mock always takes the same one. */
export async function proofByLetter(stage: Stage, email: string, page: string): Promise<string> {
  if (!stage.real) return MOCK_PROOF;
  for (let waited = 0; waited < PATIENCE_MS; waited += 250) {
    const found = letters(stage.letters)
      .filter((letter) => letter.includes(email))
      .flatMap((letter) => new RegExp(`/${page}#([\\w-]+)`).exec(letter)?.[1] ?? []);
    const last = found.at(-1);
    if (last) return last;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no letter to ${email} leads to ${page}`);
}

/** Every letter with its parts decoded, in the order of their files' names. */
function letters(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => decoded(readFileSync(join(folder, name), "utf8")));
}

function decoded(letter: string): string {
  return letter
    .split(/\r?\n(?=--)/)
    .map((part) => {
      const [, encoding] = /Content-Transfer-Encoding: *(\S+)/i.exec(part) ?? [];
      const body = part.slice(part.search(/\r?\n\r?\n/));
      if (encoding?.toLowerCase() === "base64")
        return part + Buffer.from(body.replace(/\s/g, ""), "base64").toString("utf8");
      return part + body.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
    })
    .join("\n");
}
