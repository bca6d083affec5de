import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

/** The PNG icons of the manifest from public/icon.svg: run after it has changed, with CHROMIUM where it is elsewhere. */
const ICONS = [
  { file: "icon-192.png", size: 192, share: 1 },
  { file: "icon-512.png", size: 512, share: 1 },
  // A launcher cuts a maskable icon to any shape: what matters lies in the middle, the ground reaches the edges.
  { file: "icon-maskable-512.png", size: 512, share: 0.8 },
  { file: "apple-touch-icon.png", size: 180, share: 0.96 },
];
const GROUND = "#12594a";

const drawing = readFileSync("public/icon.svg").toString("base64");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const { file, size, share } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const side = Math.round(size * share);
  const ground = share < 1 ? GROUND : "transparent";
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground}"><img width="${side}" height="${side}" src="data:image/svg+xml;base64,${drawing}">`,
  );
  await page.locator("img").evaluate((image) => image.decode());
  await page.screenshot({ path: `public/${file}`, omitBackground: share === 1 });
  await page.close();
}
await browser.close();
