package io.freerouter.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a conversation began: its instructions, and the first thing the user said. That stays the same while it goes on, even
 * where a client writes the same text as a string at first and as a part later, or marks it for a cache.
 */
final class Opening {
    private static final Set<String> INSTRUCTIONS = Set.of("system", "developer");
    private static final String USER = "user";

    private final byte[] json;
    private final List<String> roles = new ArrayList<>();
    private final List<List<Stretch>> contents = new ArrayList<>();
    private boolean complete;

    /** @param json the body, in UTF-8 */
    Opening(byte[] json) {
        this.json = json;
    }

    /**
     * The next message.
     *
     * @param content what it says, without what is around it
     */
    void message(String role, List<Stretch> content) {
        boolean user = role.equals(USER);
        if (!complete && (user || INSTRUCTIONS.contains(role)) && !content.isEmpty()) {
            roles.add(role);
            contents.add(List.copyOf(content));
        }
        complete |= user;
    }

    /** Whether nothing that follows belongs to it. */
    boolean complete() {
        return complete;
    }

    /** Always the same for the same opening, and hardly ever for another; empty if nothing was said. */
    Optional<String> fingerprint() {
        Fingerprint print = new Fingerprint();
        for (int i = 0; i < roles.size(); i++) {
            print.add(roles.get(i));
            contents.get(i).forEach(stretch -> print.add(json, stretch));
        }
        return roles.isEmpty() ? Optional.empty() : Optional.of(print.hex());
    }
}
