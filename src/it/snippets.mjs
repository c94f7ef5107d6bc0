// The files of docs/clients.md, so that what is tried is what readers copy.
import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../docs/clients.md", import.meta.url), "utf8");

/** What the page says belongs into that file of the user's home, with the gateway where it really is. */
export function snippet(path, gateway) {
  const [, rest] = page.split(`\`~/${path}\`:\n`);
  const text = rest?.match(/^\n```\w+\n(.*?)\n```/s)?.[1];
  if (!text) throw new Error(`docs/clients.md has no ~/${path}`);
  return text.replaceAll("http://127.0.0.1:8000", gateway);
}

/** The variables that the page exports below that heading, with the gateway where it really is. */
export function environment(heading, gateway) {
  const [, rest] = page.split(new RegExp(`^### ${heading}.*$`, "m"));
  const text = rest?.match(/^```sh\n(.*?)\n```/ms)?.[1];
  if (!text) throw new Error(`docs/clients.md exports nothing below ${heading}`);
  const variables = [...text.replaceAll("http://127.0.0.1:8000", gateway).matchAll(/([A-Z][A-Z0-9_]*)=(\S+)/gm)];
  return Object.fromEntries(variables.map(([, name, value]) => [name, value]));
}
