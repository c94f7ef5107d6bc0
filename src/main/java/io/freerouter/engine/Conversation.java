package io.freerouter.engine;

import java.util.Optional;

/**
 * Which conversation a request goes on with.
 *
 * @param key tells it from others, always the same for one conversation; empty if that cannot be told
 * @param messages how many messages it has had so far, the new ones included
 */
public record Conversation(Optional<String> key, int messages) {
    /** One of which nothing is known. */
    public static final Conversation UNKNOWN = new Conversation(Optional.empty(), 0);
}
