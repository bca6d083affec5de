import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { mockMiddleware } from "./mock/vite-plugin.ts";

/** A running `bookreader serve` for `npm run dev`; without it the dev server answers from the mock. */
const backend = process.env.BACKEND;

const CORE =
  /node_modules\/(svelte|esm-env|clsx)|vite\/preload-helper|src\/(app\/|session\/|offline\/(caches|reader-keys|unsent-places)|i18n\/(index|plural|ru)\.|api\/(accounts|books|contract|credentials|events|pictures|positions|problem|transport)\.|ui\/(Icon|Failure|Toasts|toasts|ProgressLine)|reader\/(opening|local-places|preferences|pace|furthest|sections|device))/;

/** Every browser that runs this app reads WOFF2: the packages' WOFF copies are dead weight. */
const woff2Only: Plugin = {
  name: "woff2-only",
  enforce: "pre",
  transform(code, id) {
    if (!/@fontsource.*\.css$/.test(id)) return null;
    return code.replaceAll(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, "");
  },
};

export default defineConfig({
  plugins: [svelte(), woff2Only, ...(backend ? [] : [mockMiddleware()])],
  server: backend ? { proxy: { "/api": backend, "/content": backend } } : {},
  build: {
    target: "es2022",
    // A data: URL would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    // What every screen needs travels in one file: small files compress badly and each costs a request.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: "core", test: CORE }],
        },
      },
    },
  },
});
