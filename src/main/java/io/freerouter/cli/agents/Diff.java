package io.freerouter.cli.agents;

import java.util.ArrayList;
import java.util.List;

/** The lines in which two texts differ, as {@code diff -u} prints them. */
final class Diff {
    private static final int CONTEXT = 3;
    /** Above this many pairs of lines, everything between the common start and end counts as changed. */
    private static final int MOST_PAIRS = 4_000_000;

    private record Line(char sign, String words) {}

    private Diff() {}

    /** The header with both names, and each group of changes with three lines around it. Nothing if the texts are the same. */
    static List<String> unified(String beforeName, String before, String afterName, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        List<Line> lines = compare(lines(before), lines(after));
        List<String> printed = new ArrayList<>(List.of("--- " + beforeName, "+++ " + afterName));
        int at = 0;
        while (at < lines.size()) {
            int change = nextChange(lines, at);
            if (change == lines.size()) {
                break;
            }
            int from = Math.max(at, change - CONTEXT);
            int end = change;
            for (int next = change;
                    next < lines.size() && next - end <= 2 * CONTEXT;
                    next = nextChange(lines, next + 1)) {
                end = next;
            }
            int to = Math.min(lines.size(), end + 1 + CONTEXT);
            printed.add(header(lines, from, to));
            lines.subList(from, to).forEach(line -> printed.add(line.sign() + line.words()));
            at = to;
        }
        return printed;
    }

    private static String header(List<Line> lines, int from, int to) {
        return "@@ -" + range(lines, from, to, '+') + " +" + range(lines, from, to, '-') + " @@";
    }

    private static String range(List<Line> lines, int from, int to, char other) {
        long before = lines.subList(0, from).stream()
                .filter(line -> line.sign() != other)
                .count();
        long count = lines.subList(from, to).stream()
                .filter(line -> line.sign() != other)
                .count();
        return (count == 0 ? before : before + 1) + "," + count;
    }

    private static int nextChange(List<Line> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).sign() == ' ') {
            at++;
        }
        return at;
    }

    /** Lines as they are printed: without their line ends, except that a last line without one is marked. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            lines.add(
                    end < 0
                            ? text.substring(from) + "\n\\ No newline at end of file"
                            : text.substring(from, end).replace("\r", ""));
            from = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }

    private static List<Line> compare(List<String> before, List<String> after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int same = 0;
        while (same < before.size() - start
                && same < after.size() - start
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        List<Line> lines = new ArrayList<>();
        before.subList(0, start).forEach(line -> lines.add(new Line(' ', line)));
        changed(before.subList(start, before.size() - same), after.subList(start, after.size() - same), lines);
        before.subList(before.size() - same, before.size()).forEach(line -> lines.add(new Line(' ', line)));
        return lines;
    }

    /** By the longest common subsequence. */
    private static void changed(List<String> before, List<String> after, List<Line> lines) {
        int[][] common = (long) before.size() * after.size() > MOST_PAIRS ? null : common(before, after);
        int old = 0;
        int fresh = 0;
        while (old < before.size() || fresh < after.size()) {
            boolean bothLeft = old < before.size() && fresh < after.size();
            if (bothLeft && common != null && before.get(old).equals(after.get(fresh))) {
                lines.add(new Line(' ', before.get(old++)));
                fresh++;
            } else if (old < before.size()
                    && (!bothLeft || common == null || common[old + 1][fresh] >= common[old][fresh + 1])) {
                lines.add(new Line('-', before.get(old++)));
            } else {
                lines.add(new Line('+', after.get(fresh++)));
            }
        }
    }

    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int old = before.size() - 1; old >= 0; old--) {
            for (int fresh = after.size() - 1; fresh >= 0; fresh--) {
                common[old][fresh] = before.get(old).equals(after.get(fresh))
                        ? common[old + 1][fresh + 1] + 1
                        : Math.max(common[old + 1][fresh], common[old][fresh + 1]);
            }
        }
        return common;
    }
}
