package io.freerouter.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to go from one JSON object or array, such that the commas come out right: a part that goes takes the comma before
 * it along, or, where no part before it stays, the one after it. Told of all parts in order.
 */
final class Cuts {
    private final List<Splice> splices = new ArrayList<>();
    private boolean any;
    private boolean kept;
    private int first;
    private int last;

    /** The next part, from its first byte to the one after its last. */
    void part(int from, int to, boolean keep) {
        if (!any) {
            first = from;
        }
        if (keep) {
            keep(from);
        } else if (kept) {
            splices.add(Splice.cut(last, to));
        }
        any = true;
        last = to;
    }

    private void keep(int from) {
        if (!kept && from > first) {
            splices.add(Splice.cut(first, from));
        }
        kept = true;
    }

    /** Whether any part stays. */
    boolean anyKept() {
        return kept;
    }

    /** Whether there were parts and none stays. */
    boolean allGone() {
        return any && !kept;
    }

    /** The cuts, in order. */
    List<Splice> splices() {
        return allGone() ? List.of(Splice.cut(first, last)) : List.copyOf(splices);
    }
}
