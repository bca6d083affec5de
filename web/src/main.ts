import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/fonts.ts";
import { mount } from "svelte";
import App from "./app/App.svelte";
import { router } from "./app/router.svelte.ts";
import { language } from "./i18n/index.svelte.ts";
import { beginOpening } from "./reader/opening.ts";
import { applyTheme, preferences } from "./reader/preferences.svelte.ts";
import { session } from "./session/session.svelte.ts";

applyTheme(preferences.theme);
router.start();
session.start();
if (router.route.name === "reader") beginOpening(router.route.id, session.signedIn);
await language.start();

const target = document.getElementById("app");
if (target) mount(App, { target });

void import("./offline/register.ts").then((worker) => worker.registerWorker());
const sendLeftOver = () => {
  if (session.signedIn)
    void import("./offline/left-over-places.ts").then((places) => places.sendUnsentPlaces());
};
addEventListener("online", sendLeftOver);
// What the page before this one sent last may still be on its way.
if (router.route.name !== "reader") setTimeout(sendLeftOver, 3_000);
