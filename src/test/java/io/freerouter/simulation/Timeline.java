package io.freerouter.simulation;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import io.freerouter.testing.TestModels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which models were free when, as it was seen once. */
final class Timeline {
    private static final String FILE = "/simulation/free-models.txt";

    private record Change(Instant at, boolean free, String id, long contextLength) {
        static Change parse(String line) {
            String[] words = line.split(" ");
            boolean free = words[1].equals("+");
            return new Change(Instant.parse(words[0].replace("Z", ":00Z")), free, words[2], contextLength(free, words));
        }

        private static long contextLength(boolean free, String... words) {
            return free ? Long.parseLong(words[3]) : 0;
        }
    }

    private final List<Change> changes;
    private final int most;

    private Timeline(List<Change> changes, int most) {
        this.changes = List.copyOf(changes);
        this.most = most;
    }

    /** The same with no more than so many models at once. */
    Timeline atMost(int models) {
        return new Timeline(changes, models);
    }

    static Timeline recorded() {
        try (InputStream file = Timeline.class.getResourceAsStream(FILE)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Timeline(
                    text.lines()
                            .filter(Predicate.not(line -> line.startsWith("#")))
                            .map(Change::parse)
                            .toList(),
                    Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many whole days it covers. */
    int length() {
        return (int)
                Duration.between(begin(), changes.get(changes.size() - 1).at()).toDays();
    }

    /** What was free so long after it began. */
    Catalog after(Duration time, Instant readAt) {
        Instant moment = begin().plus(time);
        Map<String, Model> free = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change.at().isAfter(moment)) {
                break;
            }
            free.remove(change.id());
            if (change.free()) {
                free.put(change.id(), model(change));
            }
        }
        return new Catalog(free.values().stream().limit(most).toList(), readAt);
    }

    private static Model model(Change change) {
        return TestModels.able(new ModelId(change.id()), change.id(), 0, change.contextLength(), 0, false, 0);
    }

    private Instant begin() {
        return changes.get(0).at();
    }
}
