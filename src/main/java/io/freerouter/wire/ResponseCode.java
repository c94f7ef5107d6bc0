package io.freerouter.wire;

import java.util.Set;

/**
 * The code of one of OpenAI's responses that failed. Typed clients know OpenAI's only, and of those given here Codex asks again
 * after {@code rate_limit_exceeded} and {@code server_error}.
 */
final class ResponseCode {
    private static final Set<String> KNOWN = Set.of(ErrorShape.TOO_LONG, ErrorShape.TOO_MANY);
    private static final String REFUSED = "invalid_prompt";
    private static final String ANY = "server_error";

    /** Of the refusals by their status those that may pass by themselves (RFC 9110, 15.5; RFC 8470, 5.2; RFC 6585, 4). */
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    private ResponseCode() {}

    /** @param reply the error in OpenAI's shape, or anything else an upstream may have said */
    static String of(ErrorReply reply) {
        String code = ErrorMembers.text(reply.body(), "code").orElse("");
        if (KNOWN.contains(code)) {
            return code;
        }
        boolean spent = ErrorMembers.text(reply.body(), "type")
                .filter(ErrorShape.QUOTA::equals)
                .isPresent();
        return spent ? ErrorShape.QUOTA : isFinal(reply.status()) ? REFUSED : ANY;
    }

    private static boolean isFinal(int status) {
        return status < 500 && !PASSING.contains(status);
    }
}
