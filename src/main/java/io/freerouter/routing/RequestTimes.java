package io.freerouter.routing;

import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When requests were made, the earliest first; several requests may share one moment. Adding and removing take constant time,
 * because there may be very many under load. A moment counts as the end of its millisecond: so requests that are kept for a minute
 * take no more memory than a minute has milliseconds, and none is forgotten too early. Not for several threads at once.
 */
final class RequestTimes {
    private static final int NANOS_A_MILLI = 1_000_000;

    private final Map<Instant, Integer> counts = new LinkedHashMap<>();
    private int size;

    void add(Instant at) {
        counts.merge(endOfMilli(at), 1, Integer::sum);
        size++;
    }

    /** Removes one request of that moment; false if there is none. */
    boolean remove(Instant at) {
        Instant moment = endOfMilli(at);
        Integer count = counts.get(moment);
        if (count == null) {
            return false;
        }
        if (count > 1) {
            counts.put(moment, count - 1);
        } else {
            counts.remove(moment);
        }
        size--;
        return true;
    }

    private static Instant endOfMilli(Instant at) {
        int begun = at.getNano() % NANOS_A_MILLI;
        return begun == 0 ? at : at.plusNanos(NANOS_A_MILLI - begun);
    }

    /** Removes the requests up to this moment, which is included. */
    void removeUntil(Instant end) {
        if (counts.isEmpty()) {
            return;
        }
        Iterator<Map.Entry<Instant, Integer>> earliest = counts.entrySet().iterator();
        while (earliest.hasNext()) {
            Map.Entry<Instant, Integer> entry = earliest.next();
            if (entry.getKey().isAfter(end)) {
                return;
            }
            size -= entry.getValue();
            earliest.remove();
        }
    }

    int size() {
        return size;
    }

    Optional<Instant> first() {
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(counts.keySet().iterator().next());
    }

    /** The moments of all requests, the earliest first. */
    Stream<Instant> stream() {
        return counts.entrySet().stream()
                .flatMap(entry -> Collections.nCopies(entry.getValue(), entry.getKey()).stream());
    }
}
