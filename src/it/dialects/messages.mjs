// Anthropic's Messages, as OpenRouter speaks them: https://docs.anthropic.com/en/api/messages-streaming
import { event, halves, rateLimit, words } from "./common.mjs";

const error = (type, message, kind) => ({ type: "error", error: { type, message, error_type: kind }, request_id: "gen-1790000000-it" });

const down = error("api_error", "The model is down.", "provider_unavailable");

export const messages = {
  tools: (question) => (question.tools ?? []).map((tool) => tool.name),

  results: (question) => question.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .filter(({ type }) => type === "tool_result").map(({ content }) => words(content)),

  limited: (model, provider) => error("rate_limit_error", rateLimit(model, provider).metadata.raw, "rate_limit_exceeded"),

  brokenBody: () => down,

  brokenEvent: () => event(down),

  body: (model, reply) => ({ ...head(model), content: [block(reply)], stop_reason: reason(reply), usage }),

  *events(model, reply) {
    yield event({ type: "message_start", message: { ...head(model), content: [], usage: { ...usage, output_tokens: 0 } } });
    yield event({ type: "ping" });
    yield event({ type: "content_block_start", index: 0, content_block: empty(reply) });
    for (const delta of deltas(reply)) yield event({ type: "content_block_delta", index: 0, delta });
    yield event({ type: "content_block_stop", index: 0 });
    yield event({ type: "message_delta", delta: { stop_reason: reason(reply), stop_sequence: null }, usage });
    yield event({ type: "message_stop" });
  },
};

const usage = { input_tokens: 48, output_tokens: 11, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, cost: 0 };

const head = (model) => ({
  id: "gen-1790000000-it", type: "message", role: "assistant", provider: "Fernhill", model, stop_reason: null, stop_sequence: null,
});

const reason = (reply) => (reply.tool ? "tool_use" : "end_turn");

const block = ({ tool, text }) => (tool ? { type: "tool_use", ...tool } : { type: "text", text });

const empty = ({ tool }) => block({ tool: tool && { ...tool, input: {} }, text: "" });

const deltas = ({ tool, text }) => tool
  ? halves(JSON.stringify(tool.input)).map((piece) => ({ type: "input_json_delta", partial_json: piece }))
  : halves(text).map((piece) => ({ type: "text_delta", text: piece }));
