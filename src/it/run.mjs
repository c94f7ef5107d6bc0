// Drives each client through one conversation with a gateway of its own, whose upstream's first two models fail; agents also by
// `freerouter launch`. Then has `freerouter setup` change and restore settings of all agents.
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { clients, isInstalled, note } from "./clients.mjs";
import { complaints, script, tally } from "./conversation.mjs";
import { startGateway } from "./gateway.mjs";
import { hasBrowser, watchPage } from "./page.mjs";
import { freePort, start, stop } from "./processes.mjs";
import { freerouter, setupAndUndo } from "./settings.mjs";
import { snippet } from "./snippets.mjs";
import { startUpstream } from "./upstream.mjs";

const patience = 180_000;

/** While this agent works, the gateway's page is watched in a browser, where there is one. */
const watched = "pi";

/** `way` is how the client gets its settings: by `converse` or by `launch`. */
async function drive(client, way, program, folder) {
  const [home, work] = [join(folder, "home"), join(folder, "work")];
  const [secret, farewell] = [randomUUID(), `It says something. ${randomUUID()}`];
  await mkdir(home, { recursive: true });
  await mkdir(work);
  await writeFile(join(work, note), `${secret}\n`);
  const words = script({ name: client.tool.name, input: client.tool.input(work) }, farewell);
  const upstream = await startUpstream(words, client.name === watched ? 500 : 0);
  try {
    const talk = await way(client, program, { folder, home, work, upstream });
    const wrong = [...complaints(client, { ...talk, asked: upstream.asked, secret, farewell }), ...talk.left];
    return { ...talk, wrong, models: tally(upstream.asked) };
  } finally {
    await upstream.stop();
  }
}

/** With a gateway that runs, and with the settings of docs/clients.md: files by `freerouter setup`, variables as they are there. */
async function converse(client, program, { folder, home, work, upstream }) {
  const gateway = await startGateway(program, upstream.baseUrl, folder);
  let page;
  try {
    const setup = (...options) => freerouter(program, ["setup", client.word, "--yes", ...options], home, gateway.url);
    if (client.files.length > 0) await setup();
    if (client.name === watched && hasBrowser()) page = await watchPage(gateway.url);
    const strange = client.files.filter((path) => readFileSync(join(home, path), "utf8") !== `${snippet(path, gateway.url)}\n`);
    const talk = await run([...client.program, ...client.args], work, {
      ...surroundings(home, upstream), ...client.env(gateway.url), ...client.settings?.(gateway.url),
    });
    const misleading = await page?.complaints() ?? [];
    if (client.files.length > 0) await setup("--undo");
    const left = client.files.filter((path) => holds(join(home, path), gateway.url));
    return {
      ...talk,
      left: [...misleading, ...strange.map((path) => `setup wrote ${path} otherwise than docs/clients.md`), ...left.map((path) => `undo left ${path}`)],
      log: gateway.log(),
    };
  } finally {
    await page?.close();
    await gateway.stop();
  }
}

/** With the gateway that `freerouter launch` starts for the time. */
async function launch(client, program, { home, work, upstream }) {
  const bin = join(home, "bin");
  await mkdir(bin);
  const quoted = client.program.map((word) => `'${word}'`).join(" ");
  await writeFile(join(bin, client.binary), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  const around = surroundings(home, upstream);
  const talk = await run([...program, "launch", client.word, "--", ...client.args], work, {
    ...around,
    ...client.env(),
    PATH: [bin, around.PATH].join(delimiter),
    ...(process.env.JAVA_HOME && { JAVA_HOME: process.env.JAVA_HOME }),
    OPENROUTER_API_KEY: "sk-or-none",
    OPENROUTER_BASE_URL: upstream.baseUrl,
    PORT: String(await freePort()),
  });
  const left = [
    ...client.files.filter((path) => holds(join(home, path), "freerouter")),
    ...readdirSync(home).filter((name) => name.startsWith("freerouter-")),
  ];
  return { ...talk, left: left.map((path) => `launch left ${path}`), log: "" };
}

async function run(command, cwd, env) {
  const begun = Date.now();
  const talk = start(command, { cwd, env });
  const timer = setTimeout(() => stop(talk), patience);
  const code = await talk.ended;
  clearTimeout(timer);
  await stop(talk);
  return { code, out: talk.out, said: talk.said, seconds: (Date.now() - begun) / 1000 };
}

const holds = (path, text) => existsSync(path) && readFileSync(path, "utf8").includes(text);

/** Nothing of the user's own, above all no key; and no way out, as the upstream is no proxy. */
const surroundings = (home, upstream) => ({
  HOME: home,
  TMPDIR: home,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HTTP_PROXY: upstream.origin,
  HTTPS_PROXY: upstream.origin,
  NO_PROXY: "127.0.0.1",
});

async function tell(client, way, program, folder) {
  if (client.name === watched && way === converse && !hasBrowser()) console.log("the page is not watched: there is no Chromium");
  const name = `${client.name}${way === launch ? " launched" : ""}`;
  if (!isInstalled(client)) return console.log(`skipped ${name}: npm has nothing of it for this machine`);
  const { wrong, seconds, models, said, log } = await drive(client, way, program, folder);
  const line = `${name.padEnd(20)} ${seconds.toFixed(1).padStart(4)} s  models: ${models || "none"}`;
  console.log(wrong.length === 0 ? `ok      ${line}` : `FAILED  ${line}: ${wrong.join("; ")}\n${said}\n-- the gateway\n${log}`);
  return wrong.length === 0;
}

const folder = await mkdtemp(join(tmpdir(), "clients-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

const program = process.argv.slice(2);
const words = (variable) => process.env[variable]?.split(",");
const onlyLaunched = words("LAUNCH");
const chosen = onlyLaunched ? [] : words("CLIENTS");
const launched = onlyLaunched ?? chosen ?? ["codex", "claude-code"];
const unknown = [...launched, ...(chosen ?? [])].filter((name) => name !== "setup" && !clients.some((client) => client.name === name));
if (unknown.length > 0) throw new Error(`There is no client ${unknown.join(", ")}`);
let failed = 0;
for (const client of clients) {
  if ((!chosen || chosen.includes(client.name)) && await tell(client, converse, program, join(folder, client.name)) === false) failed++;
  if (client.word && launched.includes(client.name) && await tell(client, launch, program, join(folder, `${client.name}-launched`)) === false) failed++;
}
if (!chosen || chosen.includes("setup")) {
  const wrong = await setupAndUndo(program, join(folder, "setup"));
  console.log(wrong.length === 0 ? "ok      setup and undo of every agent" : `FAILED  setup and undo: ${wrong.join("; ")}`);
  failed += wrong.length;
}
process.exit(failed === 0 ? 0 : 1);
