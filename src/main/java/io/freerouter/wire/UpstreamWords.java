package io.freerouter.wire;

import io.freerouter.failure.Failure.Reply;
import java.util.Optional;

/** Finds what an upstream's error says, in {@code error.message}. */
final class UpstreamWords {
    private static final int LONGEST = 300;

    private UpstreamWords() {}

    /** The message, shortened if it is long; empty if the error is not of the usual shape. */
    static Optional<String> of(Reply reply) {
        return ErrorMembers.text(reply.body(), "message").map(UpstreamWords::shortened);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
