// What the dialects have in common.

/** The body of a 429 that is the provider's and not the account's. */
export const rateLimit = (model, provider) => ({
  code: 429,
  message: "Provider returned error",
  metadata: {
    raw: `${model} is temporarily rate-limited upstream. Please retry shortly.`,
    provider_name: provider,
    is_byok: false,
    limit_source: "upstream_provider_shared_pool",
    error_type: "rate_limit_exceeded",
  },
});

export const data = (value) => `data: ${JSON.stringify(value)}`;

export const event = (value) => `event: ${value.type}\n${data(value)}`;

export const halves = (text) => [text.slice(0, text.length / 2), text.slice(text.length / 2)];

/** The text of a message's content, which may be a string or a list of parts. */
export const words = (content) => (typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join(""));
