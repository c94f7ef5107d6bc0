package io.freerouter.server.http;

import io.freerouter.engine.Dialect;
import java.util.function.UnaryOperator;

/** The dialect that a caller speaks: that of the path, or at a path without a dialect that of the caller's headers. */
final class CallerDialect {
    private static final String API = "/v1";
    /** Anthropic's clients send it with every request (https://docs.anthropic.com/en/api/versioning). */
    private static final String ANTHROPIC_VERSION = "anthropic-version";

    private CallerDialect() {}

    /**
     * The dialect in which a caller expects errors and lists.
     *
     * @param path the request's path
     * @param header looks a request header up; null if it is absent
     */
    static Dialect of(String path, UnaryOperator<String> header) {
        String beneath = path.startsWith(API) ? path.substring(API.length()) : path;
        Dialect shared = header.apply(ANTHROPIC_VERSION) == null ? Dialect.CHAT : Dialect.MESSAGES;
        return Dialect.at(beneath).orElse(shared);
    }
}
