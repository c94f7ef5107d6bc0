// The gateway's page in a browser, watched while a client works.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const patience = 20_000;

/** Debian's and Google's names of the browser, on the PATH; undefined where there is none. */
const browser = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

export const hasBrowser = () => browser !== undefined;

/** Opens the page and notes all that it shows. `complaints` compares that with what the gateway tells of its requests. */
export async function watchPage(gateway) {
  const started = await chromium.launch({ executablePath: browser, args: ["--no-sandbox"] });
  const page = await started.newPage();
  const noise = [];
  page.on("console", (message) => { if (message.type() === "error") noise.push(`the page's console says: ${message.text()}`); });
  page.on("pageerror", (error) => noise.push(`a script of the page failed: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(gateway)) noise.push(`the page asked ${request.url()}`); });
  await page.addInitScript(remember);
  await page.goto(`${gateway}/ui/`);
  await page.getByText("Live", { exact: true }).waitFor({ timeout: patience });
  return {
    async complaints() {
      const { data } = await (await fetch(`${gateway}/v1/requests`)).json();
      const told = await Promise.all(data.map(async ({ id }) => (await fetch(`${gateway}/v1/requests/${id}`)).json()));
      const ended = (number) => document.querySelectorAll("section:has(#latest) article").length >= number;
      await page.waitForFunction(ended, Math.min(told.length, 8), { timeout: patience }).catch(() => noise.push("the page does not show all requests"));
      return [...noise, ...differences(await page.evaluate(() => window.remembered), told)];
    },
    close: () => started.close(),
  };
}

/** Runs in the page: keeps what each change of the view shows of each running request. */
function remember() {
  window.remembered = [];
  const text = (element) => element?.textContent.trim() ?? "";
  const look = () => document.querySelectorAll("article.running").forEach((card) => window.remembered.push({
    id: text(card.querySelector("a.id")).slice(1),
    lanes: [...card.querySelectorAll(".lanes li")].map((lane) => ({ model: lane.querySelector(".slug").title, state: lane.className })),
  }));
  addEventListener("DOMContentLoaded", () => new MutationObserver(look).observe(document.querySelector("#live"), { childList: true, subtree: true }));
}

/** What was shown while requests ran must be a beginning of what is told of them in the end. */
function differences(shown, told) {
  if (shown.length === 0) return ["the page never showed a running request"];
  return shown.flatMap(({ id, lanes }) => {
    const request = told.find((one) => String(one.id) === id);
    if (!request) return [`the page showed request ${id}, which nobody knows`];
    return lanes.flatMap(({ model, state }, place) => {
      const attempt = request.attempts[place];
      if (attempt?.model !== model) return [`the page showed ${model} as attempt ${place + 1} of request ${id}, which was ${attempt?.model}`];
      const fits = state === "asked" || state === attempt.state;
      return fits ? [] : [`the page showed attempt ${place + 1} of request ${id} as "${state}", which ended as "${attempt.state}"`];
    });
  });
}
