import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.GATEWAY}/v1`, apiKey: "unused", maxRetries: 0 });

const readNote = {
  name: "read_file",
  description: "Reads a file.",
  parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
  parse: JSON.parse,
  function: ({ path }) => readFile(path, "utf8"),
};

const conversation = client.chat.completions.runTools({
  model: "auto",
  stream: true,
  messages: [{ role: "user", content: process.env.PROMPT }],
  tools: [{ type: "function", function: readNote }],
});
for await (const chunk of conversation) process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
