// OpenAI's Responses, as OpenRouter speaks them: https://openrouter.ai/docs/api-reference/responses
import { event, halves, rateLimit, words } from "./common.mjs";

export const responses = {
  tools: (question) => (question.tools ?? []).map((tool) => tool.name ?? tool.type),

  results: (question) => (Array.isArray(question.input) ? question.input : [])
    .filter(({ type }) => type === "function_call_output").map(({ output }) => words(output)),

  limited: (model, provider) => ({
    error: { code: "rate_limit_exceeded", message: rateLimit(model, provider).metadata.raw },
    metadata: rateLimit(model, provider).metadata,
  }),

  brokenBody: (model) => failed(model),

  brokenEvent: (model) => event({ type: "response.failed", response: failed(model), sequence_number: 0 }),

  body: (model, reply) => completed(model, reply),

  *events(model, reply) {
    let number = 0;
    for (const step of steps(model, reply)) yield event({ ...step, sequence_number: number++ });
    yield "data: [DONE]";
  },
};

function* steps(model, reply) {
  const item = output(reply);
  yield { type: "response.created", response: head(model, "in_progress") };
  yield { type: "response.in_progress", response: head(model, "in_progress") };
  yield { type: "response.output_item.added", output_index: 0, item: { ...item, status: "in_progress", ...(reply.tool ? { arguments: "" } : { content: [] }) } };
  yield* reply.tool ? toolSteps(item) : textSteps(item);
  yield { type: "response.output_item.done", output_index: 0, item };
  yield { type: "response.completed", response: completed(model, reply) };
}

function* toolSteps({ id, arguments: input }) {
  const place = { item_id: id, output_index: 0 };
  for (const delta of halves(input)) yield { type: "response.function_call_arguments.delta", ...place, delta };
  yield { type: "response.function_call_arguments.done", ...place, arguments: input };
}

function* textSteps({ id, content: [part] }) {
  const place = { item_id: id, output_index: 0, content_index: 0 };
  yield { type: "response.content_part.added", ...place, part: { ...part, text: "" } };
  for (const delta of halves(part.text)) yield { type: "response.output_text.delta", ...place, delta, logprobs: [] };
  yield { type: "response.output_text.done", ...place, text: part.text, logprobs: [] };
  yield { type: "response.content_part.done", ...place, part };
}

const head = (model, status) => ({
  id: "gen-1790000000-it", object: "response", created_at: 1_790_000_000, completed_at: status === "completed" ? 1_790_000_002 : null,
  model, status, output: [], error: null, incomplete_details: null, instructions: null, metadata: {}, parallel_tool_calls: true,
  temperature: 1, top_p: 1, presence_penalty: 0, frequency_penalty: 0, tool_choice: "auto", tools: [], usage: null,
});

const failed = (model) => ({
  ...head(model, "failed"), error: { code: "server_error", message: "The model is down." }, error_type: "provider_unavailable",
});

const completed = (model, reply) => ({ ...head(model, "completed"), output: [output(reply)], usage });

const usage = {
  input_tokens: 48, input_tokens_details: { cached_tokens: 0 }, output_tokens: 11, output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 59, cost: 0,
};

const output = ({ tool, text }) => tool
  ? { type: "function_call", id: "fc_it", call_id: tool.id, name: tool.name, arguments: JSON.stringify(tool.input), status: "completed" }
  : { type: "message", id: "msg_it", role: "assistant", status: "completed", content: [{ type: "output_text", text, annotations: [] }] };
