package io.freerouter.settings;

import io.freerouter.request.StreamVerification;

/**
 * How streams are treated: {@code freerouter.stream.*}. Immutable: each method that sets an option returns new settings.
 *
 * @param verify what of a stream is checked before the caller gets it
 */
public record StreamSettings(StreamVerification verify) {
    /** Tool calls are checked. */
    public static final StreamSettings STANDARD = new StreamSettings(StreamVerification.TOOLS);

    /**
     * Sets what of a stream is checked before the caller gets it.
     *
     * @param checked {@link StreamVerification#TOOLS} by default; {@link StreamVerification#ANSWER} holds each stream until it is
     *     complete, so that a break leads to the next model
     */
    public StreamSettings verify(StreamVerification checked) {
        return new StreamSettings(checked);
    }
}
