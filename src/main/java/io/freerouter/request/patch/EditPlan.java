package io.freerouter.request.patch;

import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.patch.Edit.Target;
import io.freerouter.request.patch.Edit.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is to change in a body while the body is read. */
public final class EditPlan {
    /** As many changes as any body may need. */
    private static final int FEW_CHANGES = 10_000;
    /** How much of a body is needed for each further change, because a change takes about as much memory, with what is rendered of it. */
    private static final int BYTES_PER_CHANGE = 256;
    /** A body of many megabytes may hold millions of places to change. */
    private static final int MAX_CHANGES = 100_000;

    private static final Comparator<Edit> IN_ORDER =
            Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to);

    private final List<Edit> edits = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private int changes;
    /** How much of the body has been read at least. */
    private int read;

    private record Removal(ElementRemoval parts, When when) {}

    /** Plans an edit. One that lies within removed bytes is not made. */
    public void add(Edit edit) {
        count(1, edit.to());
        edits.add(edit);
    }

    /** Plans the removal of members or elements. */
    public void add(ElementRemoval parts) {
        add(parts, When.ALWAYS);
    }

    /** Plans the removal of members or elements for some models. */
    public void add(ElementRemoval parts, When when) {
        if (!parts.isEmpty()) {
            count(parts.size(), parts.end());
            removals.add(new Removal(parts, when));
        }
    }

    private void count(int more, int position) {
        changes += more;
        read = Math.max(read, position);
        checkCount(changes, read);
    }

    /**
     * Refuses a body in which too many places would have to be changed, before it takes the memory to note them.
     *
     * @param changes how many have been noted
     * @param read how many bytes have been read, at least
     */
    public static void checkCount(int changes, int read) {
        int most = Math.min(MAX_CHANGES, Math.max(FEW_CHANGES, read / BYTES_PER_CHANGE));
        if (changes > most) {
            throw InvalidRequestException.body("The request body is too intricate: more than " + most
                    + " places in its first " + read + " bytes would have to be changed.");
        }
    }

    /** The edits for one model, in the order of the bytes; those at one place in the order they were planned. */
    List<Edit> edits(Target target) {
        List<Edit> made = new ArrayList<>(edits.size());
        for (Edit edit : edits) {
            if (edit.when().holds(target)) {
                made.add(edit);
            }
        }
        for (Removal removal : removals) {
            if (removal.when().holds(target)) {
                made.addAll(removal.parts().cuts(target));
            }
        }
        made.sort(IN_ORDER);
        return made;
    }
}
