// A small OpenRouter for one conversation: its first model is rate-limited, its second one's answer is an error inside a 200,
// its third one answers. What it says is up to a script (see conversation.mjs); everything that was asked is kept in `asked`.
import { createServer } from "node:http";
import { chat } from "./dialects/chat.mjs";
import { messages } from "./dialects/messages.mjs";
import { responses } from "./dialects/responses.mjs";

const dialects = { "/chat/completions": chat, "/responses": responses, "/messages": messages };

const model = (id, context, provider) => ({ id, context, provider });

/** In the order in which they are asked: the larger context first. */
export const catalog = [
  model("northwind/gale-400b:free", 1_000_000, "Northwind"),
  model("lumen/prism-120b:free", 262_144, "Lumen"),
  model("fernhill/oak-70b:free", 131_072, "Fernhill"),
  model("northwind/breeze-8b:free", 65_536, "Northwind"),
];

/** What the first two do wrong; by their place in the catalog. */
const limited = catalog[0].id;
const broken = catalog[1].id;

/** Starts it on a free port of the loopback. `script` is asked for the reply to a request that gets one; a model
 *  takes `pause` ms to speak. */
export async function startUpstream(script, pause = 0) {
  const asked = [];
  const server = createServer((request, response) =>
    serve(request, response, asked, script, pause).catch((error) => fail(response, 500, String(error))));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    asked,
    origin,
    baseUrl: `${origin}/api/v1`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

async function serve(request, response, asked, script, pause) {
  const path = request.url.replace(/^\/api\/v1/, "").replace(/\?.*/, "");
  const body = await read(request);
  if (request.method === "GET" && path === "/models") return json(response, 200, { data: catalog.map(listing) });
  if (request.method === "GET" && path === "/key") return json(response, 200, { data: account() });
  const dialect = request.method === "POST" && dialects[path];
  if (!dialect) return fail(response, 404, `Not found: ${request.method} ${request.url}`);
  const question = JSON.parse(body);
  asked.push({ path, model: question.model, headers: request.headers, body: question, results: dialect.results(question) });
  if (pause > 0) await new Promise((later) => setTimeout(later, pause));
  return answer(response, dialect, question, script(dialect, question));
}

function answer(response, dialect, { model, stream: streamed }, reply) {
  if (model === limited) return json(response, 429, dialect.limited(model, catalog[0].provider));
  if (model === broken) {
    return streamed ? stream(response, [dialect.brokenEvent(model)]) : json(response, 200, dialect.brokenBody(model));
  }
  return streamed ? stream(response, dialect.events(model, reply)) : json(response, 200, dialect.body(model, reply));
}

function stream(response, events) {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-cache" });
  response.write(": OPENROUTER PROCESSING\n\n");
  for (const event of events) response.write(`${event}\n\n`);
  response.end();
}

function json(response, status, value) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(value));
}

const fail = (response, code, message) => json(response, code, { error: { code, message } });

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

function listing({ id, context }) {
  return {
    id,
    canonical_slug: id.replace(":free", ""),
    name: `${id.replace(/.*\/|:free/g, "")} (free)`,
    created: 1_790_000_000,
    context_length: context,
    architecture: { modality: "text->text", input_modalities: ["text"], output_modalities: ["text"], tokenizer: "Other", instruct_type: null },
    pricing: { prompt: "0", completion: "0" },
    top_provider: { context_length: context, max_completion_tokens: 65_536, is_moderated: false },
    per_request_limits: null,
    supported_parameters: [
      "include_reasoning", "max_tokens", "parallel_tool_calls", "reasoning", "reasoning_effort", "response_format", "seed", "stop",
      "structured_outputs", "temperature", "tool_choice", "tools", "top_p",
    ],
    default_parameters: {},
    supported_voices: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${id.replace(":free", "")}/endpoints` },
  };
}

const account = () => ({
  label: "a key that opens nothing",
  limit: null,
  usage: 0,
  is_free_tier: true,
  free_model_daily_requests: { used: 0, limit: 1000, remaining: 1000 },
});
