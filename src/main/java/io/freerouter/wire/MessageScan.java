package io.freerouter.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gathers from one message, while it is read, what is to change in it for a model that did not write it: what the writer hid
 * in it for itself goes, as OpenRouter has others refuse it (https://openrouter.ai/docs/guides/best-practices/reasoning-tokens).
 * A message of which nothing is left says nothing in so many words, since strict upstreams want a content or tool calls.
 */
final class MessageScan {
    /** More than this say no more about how a conversation began. */
    private static final int ENOUGH = 1000;

    private static final String HIDDEN = "reasoning_details";
    private static final String CALLS = "tool_calls";
    private static final String EMPTY = "\"\"";

    private final int inside;
    private final Cuts members = new Cuts();
    private final List<Splice> nullContents = new ArrayList<>();
    private final List<Stretch> said = new ArrayList<>();
    private String role = "";
    private boolean assistant;
    private boolean hides;
    private boolean says;
    private boolean calls;
    private boolean callsNothing;

    /** @param inside where its members begin */
    MessageScan(int inside) {
        this.inside = inside;
    }

    /** Reads who speaks. */
    void role(JsonCursor value) throws IOException {
        role = value.text().orElse("");
        assistant |= role.equals("assistant");
    }

    /** There is a content, or a null in its place. */
    void content(JsonCursor value) throws IOException {
        if (value.type() == JsonType.NULL) {
            nullContents.add(Splice.replace(value.start(), value.end(), EMPTY));
        } else {
            says = true;
        }
    }

    /** There are calls of tools. */
    void calls() {
        calls = true;
    }

    /** There is a list of calls without any, which strict upstreams refuse. */
    void noCalls() {
        callsNothing = true;
    }

    /** A piece of its content. */
    void said(Stretch piece) {
        if (said.size() < ENOUGH) {
            said.add(piece);
        }
    }

    /** The next of all members, name and value. */
    void member(String name, int from, int to) {
        boolean hidden = name.equals(HIDDEN);
        hides |= hidden;
        members.part(from, to, !hidden && !(callsNothing && name.equals(CALLS)));
        callsNothing = false;
    }

    /** Tells who said what in it. */
    void tell(Content content) {
        content.message(role, said);
    }

    /**
     * What is to change.
     *
     * @param index the message's
     */
    List<Splice> splices(int index) {
        Splice.When foreign = Splice.When.foreign(index);
        Stream<Splice> content = says || calls ? Stream.of() : emptyContent();
        return assistant && hides
                ? Stream.concat(content, members.splices().stream())
                        .map(splice -> splice.only(foreign))
                        .toList()
                : List.of();
    }

    private Stream<Splice> emptyContent() {
        return nullContents.isEmpty()
                ? Stream.of(Splice.insert(inside, "\"content\":" + EMPTY, members.anyKept()))
                : nullContents.stream();
    }
}
