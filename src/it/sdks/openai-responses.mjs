import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.GATEWAY}/v1`, apiKey: "unused", maxRetries: 0 });

const tools = [{
  type: "function",
  name: "read_file",
  description: "Reads a file.",
  strict: false,
  parameters: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
}];

async function result({ call_id, arguments: input }) {
  return { type: "function_call_output", call_id, output: await readFile(JSON.parse(input).path, "utf8") };
}

// Nothing is stored upstream, so each turn brings along what was said before.
const input = [{ role: "user", content: process.env.PROMPT }];
let calls;
do {
  const stream = client.responses.stream({ model: "auto", store: false, input, tools });
  for await (const event of stream) if (event.type === "response.output_text.delta") process.stdout.write(event.delta);
  const { output } = await stream.finalResponse();
  calls = output.filter(({ type }) => type === "function_call");
  input.push(...calls, ...(await Promise.all(calls.map(result))));
} while (calls.length > 0);
