// What is said: the model calls the client's tool once, and once the tool's result is back, speaks.
import { catalog } from "./upstream.mjs";

/** `tool` is what the model calls; `farewell` its last words. */
export function script(tool, farewell) {
  return (dialect, question) => {
    // Agents ask more than they are asked, for a title of the conversation, say, and then offer no tools.
    if (!dialect.tools(question).includes(tool.name)) return { text: "Reading a note" };
    return dialect.results(question).length > 0 ? { text: farewell } : { tool: { id: "call_it1", ...tool } };
  };
}

/** What was wrong with how it went, in words; nothing if all was well. */
export function complaints(client, { code, out, asked, secret, farewell }) {
  const wasAsked = (place) => asked.some(({ model }) => model === catalog[place].id);
  const elsewhere = asked.find(({ path }) => path !== client.endpoint);
  return [
    [code === 0, `the client ended with ${code}`],
    [out.includes(farewell), "the client did not show the model's last words"],
    [wasAsked(0) && wasAsked(1), "the models that fail were not asked"],
    [!elsewhere, `the upstream was asked at ${elsewhere?.path}`],
    [asked.every(({ body }) => body.stream), "not every answer was streamed"],
    [asked.some(({ results }) => results.join().includes(secret)), "the tool's result did not come back"],
  ].filter(([well]) => !well).map(([, complaint]) => complaint);
}

/** Which models were asked, in the order of the catalog, and how often. */
export const tally = (asked) => catalog
  .map(({ id }) => [id.replace(/.*\/|:free/g, ""), asked.filter(({ model }) => model === id).length])
  .filter(([, times]) => times > 0)
  .map(([name, times]) => (times > 1 ? `${name} (${times})` : name))
  .join(", ");
