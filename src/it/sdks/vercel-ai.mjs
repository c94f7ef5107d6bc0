import { readFile } from "node:fs/promises";
import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { isStepCount, streamText, tool } from "ai";
import { z } from "zod";

const freerouter = createOpenRouter({ baseURL: `${process.env.GATEWAY}/v1`, apiKey: "unused" });

const { textStream } = streamText({
  model: freerouter("auto"),
  maxRetries: 0,
  stopWhen: isStepCount(5),
  prompt: process.env.PROMPT,
  tools: {
    read_file: tool({
      description: "Reads a file.",
      inputSchema: z.object({ path: z.string() }),
      execute: ({ path }) => readFile(path, "utf8"),
    }),
  },
  onError: ({ error }) => { throw error; },
});
for await (const text of textStream) process.stdout.write(text);
