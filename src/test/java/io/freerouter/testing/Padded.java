package io.freerouter.testing;

import io.freerouter.demo.AnswerScript;
import java.util.Map;

/** Good answers that are far too long. */
public final class Padded {
    private static final int BYTES = 64 * 1024 * 1024;

    private Padded() {}

    /** Answers with this JSON after 64 MB of spaces, which mean nothing in JSON. */
    public static AnswerScript json(int status, String json) {
        return AnswerScript.begin()
                .respond(status, Map.of("Content-Type", "application/json"), " ".repeat(BYTES) + json);
    }
}
