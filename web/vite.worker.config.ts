import { defineConfig } from "vite";

/** The service worker: one classic script at the root, beside the app that was built before it. */
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/offline/worker.ts",
      output: { format: "iife", entryFileNames: "worker.js" },
    },
  },
});
