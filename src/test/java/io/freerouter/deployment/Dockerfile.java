package io.freerouter.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;

/**
 * A Dockerfile of one stage.
 *
 * @param instructions what follows each of its keywords, in order
 */
record Dockerfile(String name, Map<String, List<String>> instructions) {
    static Dockerfile of(String name) {
        return new Dockerfile(
                name,
                Deployables.text(name)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split(" ", 2))
                        .collect(groupingBy(line -> line[0], mapping(line -> line[1], toList()))));
    }

    /** What follows a keyword that is there once. */
    String only(String keyword) {
        List<String> all = instructions.getOrDefault(keyword, List.of());
        if (all.size() != 1) {
            throw new AssertionError(name + " has " + keyword + " " + all);
        }
        return all.get(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
