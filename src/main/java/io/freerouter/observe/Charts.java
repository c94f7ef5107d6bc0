package io.freerouter.observe;

import io.freerouter.observe.TimeSeries.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what happened in slots of time, for {@link TimeSeries}. Its memory is fixed. Safe to use from any thread. */
final class Charts {
    static final int MOST_MODELS = 12;
    private static final String OTHERS = "other";

    private final Ring hour = new Ring(60, Duration.ofMinutes(1));
    private final Ring day = new Ring(96, Duration.ofMinutes(15));

    /** A request has ended. */
    synchronized void ended(RequestOutcome outcome, int attempts, Instant now) {
        for (Ring ring : List.of(hour, day)) {
            Counts counts = ring.at(now);
            counts.requests.merge(outcome, 1, Integer::sum);
            counts.attempts += attempts;
        }
    }

    /** A stream of a model has spoken after this time. */
    synchronized void firstToken(String model, Duration took, Instant now) {
        for (Ring ring : List.of(hour, day)) {
            Map<String, Mean> waits = ring.at(now).firstTokens;
            String name = waits.containsKey(model) || waits.size() < MOST_MODELS ? model : OTHERS;
            waits.computeIfAbsent(name, id -> new Mean()).add(took);
        }
    }

    /** What happened until now. */
    synchronized TimeSeries until(Instant now) {
        return new TimeSeries(hour.slots(now), day.slots(now));
    }

    private static final class Mean {
        private long millis;
        private int count;

        void add(Duration value) {
            millis += value.toMillis();
            count++;
        }

        Duration value() {
            return Duration.ofMillis(millis / count);
        }
    }

    private static final class Counts {
        private final long number;
        private final Map<RequestOutcome, Integer> requests = new EnumMap<>(RequestOutcome.class);
        private final Map<String, Mean> firstTokens = new HashMap<>();
        private int attempts;

        Counts(long number) {
            this.number = number;
        }
    }

    /** The last slots of one length. The oldest slot is overwritten. */
    private static final class Ring {
        private final Counts[] slots;
        private final long millis;

        Ring(int size, Duration length) {
            this.slots = new Counts[size];
            this.millis = length.toMillis();
        }

        Counts at(Instant now) {
            long number = now.toEpochMilli() / millis;
            int place = Math.floorMod(number, slots.length);
            if (slots[place] == null || slots[place].number != number) {
                slots[place] = new Counts(number);
            }
            return slots[place];
        }

        List<Slot> slots(Instant now) {
            long last = now.toEpochMilli() / millis;
            List<Slot> all = new ArrayList<>();
            for (long number = last - slots.length + 1; number <= last; number++) {
                Counts counts = slots[Math.floorMod(number, slots.length)];
                boolean seen = counts != null && counts.number == number;
                all.add(slot(number, seen ? counts : new Counts(number)));
            }
            return all;
        }

        private Slot slot(long number, Counts counts) {
            Map<String, Duration> waits = new HashMap<>();
            counts.firstTokens.forEach((model, mean) -> waits.put(model, mean.value()));
            return new Slot(Instant.ofEpochMilli(number * millis), counts.requests, counts.attempts, waits);
        }
    }
}
