package io.freerouter.engine;

/**
 * A whole answer.
 *
 * @param json the upstream's body, as it came
 * @param findings what it tells beside that
 */
public record Completion(String json, Findings findings) {
    /** An answer that tells nothing in particular. */
    public Completion(String json) {
        this(json, Findings.NONE);
    }
}
