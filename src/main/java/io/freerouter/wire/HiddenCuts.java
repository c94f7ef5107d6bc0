package io.freerouter.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to go from one array for models that did not write it: the elements in which another has hidden something for
 * itself. How many of them go depends on the model, but always all up to some message, so that the commas come out right if an
 * element takes along the comma before it, or, where none before it stays, the one after it. Told of all elements in order.
 */
final class HiddenCuts {
    private final List<Splice> splices = new ArrayList<>();
    private boolean kept;
    private int last;
    private Stretch leading;
    private int leadingMessage;

    /**
     * The next element.
     *
     * @param hides whether something is hidden in it
     * @param message the index of the message that it is or belongs to
     */
    void element(int from, int to, boolean hides, int message) {
        cutLeading(from);
        if (hides && kept) {
            splices.add(Splice.cut(last, to).only(Splice.When.foreign(message)));
        } else if (hides) {
            leading = new Stretch(from, to);
            leadingMessage = message;
        }
        kept |= !hides;
        last = to;
    }

    private void cutLeading(int to) {
        if (leading != null) {
            splices.add(Splice.cut(leading.from(), to).only(Splice.When.foreign(leadingMessage)));
            leading = null;
        }
    }

    /** Whether there is an element that stays for every model. */
    boolean anyKept() {
        return kept;
    }

    /** The cuts, in order, when there are no more elements. */
    List<Splice> splices() {
        cutLeading(last);
        return List.copyOf(splices);
    }
}
