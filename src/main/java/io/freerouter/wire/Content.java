package io.freerouter.wire;

import io.freerouter.catalog.Ability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a request says to a model, as far as it has been read. Given twice, the last is the conversation, and all of it are needs. */
final class Content {
    private final byte[] body;
    private final Set<Ability> inputs = EnumSet.noneOf(Ability.class);
    private final List<Splice> splices = new ArrayList<>();
    private Opening opening;
    private int count;

    /** @param body the whole request */
    Content(byte[] body) {
        this.body = body;
        this.opening = new Opening(body);
    }

    /** The conversation begins here. */
    void begin() {
        count = 0;
        opening = new Opening(body);
    }

    /** What the model is told before the first message. */
    void told(List<Stretch> instructions) {
        opening.message("system", instructions);
    }

    /** The next message, without what is around it. */
    void message(String role, List<Stretch> said) {
        opening.message(role, said);
        count++;
    }

    /** There is something that is no text. */
    void input(Ability needed) {
        inputs.add(needed);
    }

    /** Something is to change for models that did not write all of it. */
    void change(List<Splice> changes) {
        splices.addAll(changes);
    }

    /** What a model has to take. */
    Set<Ability> inputs() {
        return inputs;
    }

    /** How the conversation began. */
    Opening opening() {
        return opening;
    }

    /** How many messages it has had so far. */
    int count() {
        return count;
    }

    /** What is to change for models that did not write all of it. */
    List<Splice> splices() {
        return splices;
    }
}
