package io.freerouter.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is to change in a body while it is read. */
final class Edits {
    private static final Comparator<Splice> IN_ORDER =
            Comparator.comparingInt(Splice::from).thenComparingInt(Splice::to);

    private final List<Splice> splices = new ArrayList<>();
    private final Cuts members = new Cuts();
    /** The same if no tool is left, which is known only at the end. */
    private final Cuts membersWithoutTools = new Cuts();

    private boolean hasModel;
    private boolean toolsLeft;
    private boolean toolsGone;

    /** A model was named here. */
    void model(int from, int to) {
        hasModel = true;
        splices.add(Splice.model(from, to));
    }

    /** What goes of one list of tools; false if that is the whole list. */
    boolean tools(Cuts tools) {
        toolsLeft |= tools.anyKept();
        toolsGone |= tools.allGone();
        return elements(tools);
    }

    /** Whether any tool is left. */
    boolean hasTools() {
        return toolsLeft;
    }

    /** What goes of an array; false if that is the whole array. */
    boolean elements(Cuts elements) {
        if (elements.allGone()) {
            return false;
        }
        splices.addAll(elements.splices());
        return true;
    }

    /** The next member of the body, name and value. */
    void member(String name, int from, int to, boolean somethingLeft) {
        boolean keep = somethingLeft && !Billed.member(name);
        members.part(from, to, keep);
        membersWithoutTools.part(from, to, keep && !Billed.needsTools(name));
    }

    /**
     * All changes in the order of the bytes.
     *
     * @param inside where the body's members begin
     */
    List<Splice> all(int inside) {
        List<Splice> all = new ArrayList<>(splices);
        all.addAll((toolsGone && !toolsLeft ? membersWithoutTools : members).splices());
        if (!hasModel) {
            all.add(Splice.newModel(inside));
        }
        all.sort(IN_ORDER);
        return all;
    }
}
