import { readFile } from "node:fs/promises";
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: process.env.GATEWAY, apiKey: "unused", maxRetries: 0 });

const tools = [{
  name: "read_file",
  description: "Reads a file.",
  input_schema: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
}];

async function result({ id, input }) {
  return { type: "tool_result", tool_use_id: id, content: await readFile(input.path, "utf8") };
}

const messages = [{ role: "user", content: process.env.PROMPT }];
let calls;
do {
  const stream = client.messages.stream({ model: "auto", max_tokens: 1000, messages, tools });
  stream.on("text", (text) => process.stdout.write(text));
  const { role, content } = await stream.finalMessage();
  calls = content.filter(({ type }) => type === "tool_use");
  messages.push({ role, content }, { role: "user", content: await Promise.all(calls.map(result)) });
} while (calls.length > 0);
