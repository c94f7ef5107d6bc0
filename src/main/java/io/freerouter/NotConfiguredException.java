package io.freerouter;

/** There is no key for the upstream, neither the builder's nor the call's. */
public final class NotConfiguredException extends FreeRouterException {
    private static final long serialVersionUID = 1L;

    NotConfiguredException(Reply reply) {
        super(
                "There is no OpenRouter API key. Get a free one at https://openrouter.ai/keys and give it to the builder"
                        + " (in Quarkus: freerouter.upstream.api-key or OPENROUTER_API_KEY) or with the call.",
                reply);
    }
}
