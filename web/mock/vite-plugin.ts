import type { Plugin } from "vite";
import { handle } from "./server.ts";
import { World } from "./world.ts";

/** Lets `npm run dev` work with no service running. */
export function mockMiddleware(): Plugin {
  return {
    name: "bookreader-mock",
    apply: "serve",
    configureServer(server) {
      const world = new World();
      server.middlewares.use((request, response, next) => {
        handle(world, request, response).then((handled) => {
          if (!handled) next();
        }, next);
      });
    },
  };
}
