import { readFile } from "node:fs/promises";
import { OpenRouter, tool } from "@openrouter/agent";
import { z } from "zod";

const freerouter = new OpenRouter({
  serverURL: `${process.env.GATEWAY}/v1`,
  apiKey: "unused",
  retryConfig: { strategy: "none" },
});

const answer = freerouter.callModel({
  model: "auto",
  input: process.env.PROMPT,
  tools: [tool({
    name: "read_file",
    description: "Reads a file.",
    inputSchema: z.object({ path: z.string() }),
    execute: ({ path }) => readFile(path, "utf8"),
  })],
});
for await (const text of answer.getTextStream()) process.stdout.write(text);
