// Drives each client through one conversation with a gateway of its own, whose upstream's first two models fail.
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { clients, isInstalled, note } from "./clients.mjs";
import { complaints, script, tally } from "./conversation.mjs";
import { startGateway } from "./gateway.mjs";
import { start, stop } from "./processes.mjs";
import { snippet } from "./snippets.mjs";
import { startUpstream } from "./upstream.mjs";

const patience = 180_000;

async function drive(client, program, folder) {
  const [home, work] = [join(folder, "home"), join(folder, "work")];
  const [secret, farewell] = [randomUUID(), `It says something. ${randomUUID()}`];
  await mkdir(home, { recursive: true });
  await mkdir(work);
  await writeFile(join(work, note), `${secret}\n`);
  const upstream = await startUpstream(script({ name: client.tool.name, input: client.tool.input(work) }, farewell));
  try {
    const gateway = await startGateway(program, upstream.baseUrl, folder);
    try {
      const talk = await converse(client, gateway.url, { home, work, upstream });
      const wrong = complaints(client, { ...talk, asked: upstream.asked, secret, farewell });
      return { ...talk, wrong, models: tally(upstream.asked), log: gateway.log() };
    } finally {
      await gateway.stop();
    }
  } finally {
    await upstream.stop();
  }
}

async function converse(client, url, { home, work, upstream }) {
  for (const path of client.files) {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), snippet(path, url));
  }
  const begun = Date.now();
  const talk = start(client.program, { cwd: work, env: surroundings(home, upstream, client.env(url)) });
  const timer = setTimeout(() => stop(talk), patience);
  const code = await talk.ended;
  clearTimeout(timer);
  await stop(talk);
  return { code, out: talk.out, said: talk.said, seconds: (Date.now() - begun) / 1000 };
}

/** Nothing of the user's own, above all no key; and no way out, as the upstream is no proxy. */
const surroundings = (home, upstream, more) => ({
  HOME: home,
  TMPDIR: home,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  HTTP_PROXY: upstream.origin,
  HTTPS_PROXY: upstream.origin,
  NO_PROXY: "127.0.0.1",
  ...more,
});

async function tell(client, program, folder) {
  if (!isInstalled(client)) return console.log(`skipped ${client.name}: npm has nothing of it for this machine`);
  const { wrong, seconds, models, said, log } = await drive(client, program, folder);
  const line = `${client.name.padEnd(20)} ${seconds.toFixed(1).padStart(4)} s  models: ${models || "none"}`;
  console.log(wrong.length === 0 ? `ok      ${line}` : `FAILED  ${line}: ${wrong.join("; ")}\n${said}\n-- the gateway\n${log}`);
  return wrong.length === 0;
}

const folder = await mkdtemp(join(tmpdir(), "clients-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

const chosen = process.env.CLIENTS?.split(",");
let failed = 0;
for (const client of clients.filter(({ name }) => !chosen || chosen.includes(name))) {
  if (await tell(client, process.argv.slice(2), join(folder, client.name)) === false) failed++;
}
process.exit(failed === 0 ? 0 : 1);
