// OpenAI's Chat Completions, as OpenRouter speaks it: https://openrouter.ai/docs/api-reference/chat-completion
import { data, halves, rateLimit, words } from "./common.mjs";

const down = { code: 502, message: "The model is down.", metadata: { provider_name: "Lumen", error_type: "provider_unavailable" } };

export const chat = {
  tools: (question) => (question.tools ?? []).map((tool) => tool.function?.name),

  results: (question) => question.messages.filter(({ role }) => role === "tool").map(({ content }) => words(content)),

  limited: (model, provider) => ({ error: rateLimit(model, provider), user_id: "user_it" }),

  brokenBody: () => ({ error: down }),

  brokenEvent: (model) => data({ ...head("chat.completion.chunk", model), error: down, choices: [choice({ content: "" }, "error")] }),

  body: (model, reply) => ({
    ...head("chat.completion", model),
    choices: [{ index: 0, message: message(reply), finish_reason: reason(reply), native_finish_reason: reason(reply), logprobs: null }],
    usage,
  }),

  *events(model, reply) {
    const chunk = (delta, finish = null, more = {}) =>
      data({ ...head("chat.completion.chunk", model), choices: [choice({ role: "assistant", content: "", ...delta }, finish)], ...more });
    yield chunk({});
    for (const delta of reply.tool ? toolDeltas(reply.tool) : textDeltas(reply.text)) yield chunk(delta);
    yield chunk({}, reason(reply));
    yield chunk({}, null, { usage });
    yield "data: [DONE]";
  },
};

const usage = { prompt_tokens: 48, completion_tokens: 11, total_tokens: 59, cost: 0, is_byok: false };

const head = (object, model) => ({ id: "gen-1790000000-it", provider: "Fernhill", model, object, created: 1_790_000_000 });

const choice = (delta, finish) => ({ index: 0, delta, finish_reason: finish, native_finish_reason: finish, logprobs: null });

const reason = (reply) => (reply.tool ? "tool_calls" : "stop");

const toolCall = ({ id, name, input }) => ({ index: 0, id, type: "function", function: { name, arguments: JSON.stringify(input) } });

const message = ({ tool, text }) =>
  tool ? { role: "assistant", content: null, tool_calls: [toolCall(tool)] } : { role: "assistant", content: text };

function* toolDeltas({ id, name, input }) {
  yield { content: null, tool_calls: [{ index: 0, id, type: "function", function: { name, arguments: "" } }] };
  for (const piece of halves(JSON.stringify(input))) {
    yield { content: null, tool_calls: [{ index: 0, type: "function", function: { arguments: piece } }] };
  }
}

function* textDeltas(text) {
  yield { reasoning: "Let me see. " };
  for (const piece of halves(text)) yield { content: piece };
}
