package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is to change in a body while it is read. */
final class Edits {
    private static final Comparator<Splice> IN_ORDER =
            Comparator.comparingInt(Splice::from).thenComparingInt(Splice::to);

    private final List<Splice> splices = new ArrayList<>();
    private final Cuts members = new Cuts();
    /** The same if the choice among the tools is for none that is left, or no tool is left: known only at the end. */
    private final Cuts membersWithoutChoice = new Cuts();

    private final Cuts membersWithoutTools = new Cuts();
    private final Dialect dialect;
    private boolean hasModel;

    Edits(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A model was named here. */
    void model(int from, int to) {
        hasModel = true;
        splices.add(Splice.model(from, to));
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
        boolean keep = somethingLeft && !Billed.member(dialect, name);
        boolean choice = name.equals("tool_choice");
        boolean aboutTools = choice || name.equals("parallel_tool_calls");
        members.part(from, to, keep);
        membersWithoutChoice.part(from, to, keep && !choice);
        membersWithoutTools.part(from, to, keep && !aboutTools);
    }

    /**
     * All changes in the order of the bytes; those at one place in the order given.
     *
     * @param inside where the body's members begin
     * @param tools what becomes of what is said about tools
     * @param others changes found elsewhere
     */
    List<Splice> all(int inside, ToolScan.Left tools, List<Splice> others) {
        List<Splice> all = new ArrayList<>(splices);
        if (!hasModel) {
            all.add(Splice.newModel(inside));
        }
        all.addAll(members(tools).splices());
        all.addAll(others);
        all.sort(IN_ORDER);
        return all;
    }

    /** Some models refuse what is said about tools where there are none. */
    private Cuts members(ToolScan.Left tools) {
        return switch (tools) {
            case ALL -> members;
            case NO_CHOICE -> membersWithoutChoice;
            case NOTHING -> membersWithoutTools;
        };
    }
}
