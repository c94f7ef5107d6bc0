package io.freerouter.openrouter;

import io.freerouter.openrouter.list.KeyReader;
import io.freerouter.openrouter.list.ListingReader;

/** What a GET request to OpenRouter reads (https://openrouter.ai/docs/api-reference/overview). */
public enum OpenRouterResource {
    /** All models with their prices. */
    MODELS("/models", "The list of models", ListingReader.MAX_BYTES),
    /** The models that the privacy settings, provider lists and guardrails of the key's account allow. */
    ACCOUNT_MODELS("/models/user", "The account's own list of models", ListingReader.MAX_BYTES),
    /** The models that answer with embeddings; {@link #MODELS} leaves them out. */
    EMBEDDING_MODELS("/embeddings/models", "The list of embedding models", ListingReader.MAX_BYTES),
    /** The state of the key and its account. */
    KEY("/key", "The account's state", KeyReader.MAX_BYTES);

    private final String path;
    private final String title;
    private final int maxBytes;

    OpenRouterResource(String path, String title, int maxBytes) {
        this.path = path;
        this.title = title;
        this.maxBytes = maxBytes;
    }

    /** The path, relative to the API's base URL. */
    public String path() {
        return path;
    }

    /** The name in messages; begins a sentence. */
    public String title() {
        return title;
    }

    /** How many bytes the body may have. */
    public int maxBytes() {
        return maxBytes;
    }
}
