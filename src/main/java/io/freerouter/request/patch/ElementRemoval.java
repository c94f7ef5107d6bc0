package io.freerouter.request.patch;

import io.freerouter.request.patch.Edit.Target;
import io.freerouter.request.patch.Edit.When;
import java.util.ArrayList;
import java.util.List;

/**
 * Which members of one JSON object, or elements of one array, are removed, such that the commas come out right for each model:
 * a part that goes takes along the comma before it or, if no part before it stays, the comma after it. All parts must be
 * reported in order.
 */
public final class ElementRemoval {
    private final List<Part> removable = new ArrayList<>();
    private boolean any;
    private boolean anyStays;
    private int end;
    /** The part before, if it may go: where the part after it begins is not known yet. */
    private Part last;

    /** A part, or several in a row, that goes for some models or for all. */
    private static final class Part {
        private final int from;
        private int to;
        private final int endBefore;
        private final boolean staysBefore;
        private final When gone;
        private int next;

        Part(int from, int to, int endBefore, boolean staysBefore, When gone) {
            this.from = from;
            this.to = to;
            this.endBefore = endBefore;
            this.staysBefore = staysBefore;
            this.gone = gone;
            this.next = to;
        }

        /** The part behind it goes for the same models. */
        void extend(int end) {
            to = end;
            next = end;
        }
    }

    /** The next part; it stays for every model, or goes for every model. */
    public void part(int from, int to, boolean stays) {
        part(from, to, stays ? When.NEVER : When.ALWAYS);
    }

    /**
     * The next part.
     *
     * @param from its first byte
     * @param to the first byte after it
     * @param gone for which models it is removed
     */
    public void part(int from, int to, When gone) {
        if (last != null && last.gone == gone) {
            last.extend(to);
            end = to;
            return;
        }
        if (last != null) {
            last.next = from;
            last = null;
        }
        if (gone == When.NEVER) {
            anyStays = true;
        } else {
            last = new Part(from, to, end, anyStays, gone);
            removable.add(last);
            EditPlan.checkCount(removable.size(), to);
        }
        any = true;
        end = to;
    }

    /** Whether there is a part that stays for every model. */
    public boolean anyStays() {
        return anyStays;
    }

    /** Whether there are parts, and none of them stays for every model. */
    public boolean allMayGo() {
        return any && !anyStays;
    }

    /** Whether no part is ever removed. */
    boolean isEmpty() {
        return removable.isEmpty();
    }

    int size() {
        return removable.size();
    }

    /** Where the last part ends. */
    int end() {
        return end;
    }

    /** The cuts for one model, in order. */
    List<Edit> cuts(Target target) {
        List<Edit> cuts = new ArrayList<>();
        boolean stays = false;
        for (Part part : removable) {
            stays |= part.staysBefore;
            if (!part.gone.holds(target)) {
                stays = true;
            } else if (stays) {
                cuts.add(Edit.cut(part.endBefore, part.to));
            } else {
                cuts.add(Edit.cut(part.from, part.next));
            }
        }
        return cuts;
    }
}
