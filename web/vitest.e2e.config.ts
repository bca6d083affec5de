import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["e2e/**/*.e2e.ts"],
    fileParallelism: false,
    // Vitest takes the name BASE_URL for itself.
    env: { SERVICE_URL: process.env.BASE_URL ?? "" },
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
