import { readFile } from "node:fs/promises";
import { OpenRouter } from "@openrouter/sdk";

const freerouter = new OpenRouter({
  serverURL: `${process.env.GATEWAY}/v1`,
  apiKey: "unused",
  retryConfig: { strategy: "none" },
});

const tools = [{
  type: "function",
  function: {
    name: "read_file",
    description: "Reads a file.",
    parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
  },
}];

async function result({ id, function: { arguments: input } }) {
  return { role: "tool", toolCallId: id, content: await readFile(JSON.parse(input).path, "utf8") };
}

/** Puts the pieces of one answer together. */
async function answer(messages) {
  const stream = await freerouter.chat.send({ chatRequest: { model: "auto", stream: true, messages, tools } });
  const calls = [];
  let text = "";
  for await (const { choices: [choice] } of stream) {
    text += choice?.delta.content ?? "";
    for (const { index, id, function: piece } of choice?.delta.toolCalls ?? []) {
      calls[index] ??= { id, type: "function", function: { name: piece.name, arguments: "" } };
      calls[index].function.arguments += piece?.arguments ?? "";
    }
  }
  return { text, calls };
}

const messages = [{ role: "user", content: process.env.PROMPT }];
for (let calls; calls?.length !== 0;) {
  const reply = await answer(messages);
  process.stdout.write(reply.text);
  calls = reply.calls;
  if (calls.length > 0) messages.push({ role: "assistant", content: null, toolCalls: calls }, ...(await Promise.all(calls.map(result))));
}

// Validates each row of the list, as it does each chunk.
const { result: models } = await freerouter.models.list({});
if (models.data.length === 0) throw new Error("No models are listed");
