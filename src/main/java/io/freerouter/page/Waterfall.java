package io.freerouter.page;

import io.freerouter.observe.AttemptRecord;
import io.freerouter.observe.AttemptRecord.State;
import io.freerouter.observe.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The attempts of one request on one scale of time.
 *
 * @param ticks the marks of the scale
 * @param lanes the attempts, in the order in which they began
 */
public record Waterfall(List<Tick> ticks, List<Lane> lanes) {
    private static final long SHORTEST = 100;
    /** The most marks that fit. */
    private static final int MOST_TICKS = 3;

    /**
     * A mark of the scale.
     *
     * @param at where it is, as an attribute of SVG
     * @param words the time that it stands for
     */
    public record Tick(String at, String words) {}

    /**
     * One attempt.
     *
     * @param number counts from 1
     * @param model the model's id
     * @param role how the model came to be asked: {@code first}, {@code hedge} or {@code fallback}
     * @param state what has become of it, a name for the style sheet
     * @param words the same in words
     * @param x where its bar begins, as an attribute of SVG
     * @param width how long its bar is
     * @param streamX where the bar of its stream begins
     * @param streamWidth how long that is; empty text if nothing was streamed
     * @param after how long after the request came the model was asked
     * @param took how long it took
     * @param cause why it failed; empty text if it did not
     * @param verdict what the failure meant for the request; empty text if it did not fail
     * @param coolsUntil until when the model cools down because of it, as an instant; empty text for not at all
     * @param coolsUntilClock the same as a time of day
     */
    public record Lane(
            int number,
            String model,
            String role,
            String state,
            String words,
            String x,
            String width,
            String streamX,
            String streamWidth,
            String after,
            String took,
            String cause,
            String verdict,
            String coolsUntil,
            String coolsUntilClock) {}

    static Waterfall of(RequestRecord request, Instant now, ZoneId zone) {
        long total = Math.max(SHORTEST, elapsed(request, now).toMillis());
        Scale scale = new Scale(total);
        return new Waterfall(
                scale.ticks(),
                request.attempts().stream()
                        .map(attempt -> lane(attempt, request, scale, now, zone))
                        .toList());
    }

    /** How long the request takes, so far or altogether. */
    static Duration elapsed(RequestRecord request, Instant now) {
        Duration sofar = Duration.between(request.receivedAt(), now);
        return request.took().orElse(sofar.isNegative() ? Duration.ZERO : sofar);
    }

    private static Lane lane(AttemptRecord attempt, RequestRecord request, Scale scale, Instant now, ZoneId zone) {
        long begin = attempt.after().toMillis();
        long end = attempt.took().map(took -> begin + took.toMillis()).orElse(scale.total());
        boolean streams = request.stream() && attempt.state() == State.WON;
        return new Lane(
                attempt.number(),
                attempt.model().value(),
                attempt.role(),
                attempt.state().id(),
                streams && request.isRunning() ? "answering" : words(attempt),
                scale.at(begin),
                scale.width(begin, end),
                scale.at(end),
                streams ? scale.width(end, scale.total()) : "",
                Words.duration(attempt.after()),
                attempt.took()
                        .map(Words::duration)
                        .orElseGet(() -> Words.duration(Duration.ofMillis(Math.max(0, end - begin)))),
                attempt.cause(),
                attempt.verdict(),
                attempt.cooldownEnd().map(Instant::toString).orElse(""),
                attempt.cooldownEnd().map(end2 -> Words.clock(end2, now, zone)).orElse(""));
    }

    private static String words(AttemptRecord attempt) {
        return switch (attempt.state()) {
            case ASKED -> "silent so far";
            case WON -> "answered";
            default -> attempt.state().words();
        };
    }

    /** Milliseconds on the whole width. */
    private record Scale(long total) {
        String at(long millis) {
            return percent(Math.min(millis, total) * 100.0 / total);
        }

        /** A bar that would be too short to see is made visible. */
        String width(long begin, long end) {
            return percent(Math.max(0.4, (Math.min(end, total) - Math.min(begin, total)) * 100.0 / total));
        }

        private static String percent(double value) {
            return String.format(Locale.ROOT, "%.2f%%", value);
        }

        List<Tick> ticks() {
            long step = Stream.iterate(1L, power -> power * 10)
                    .flatMap(power -> Stream.of(power, 2 * power, 5 * power))
                    .filter(size -> total / size <= MOST_TICKS)
                    .findFirst()
                    .orElse(total);
            return LongStream.rangeClosed(0, total / step)
                    .map(index -> index * step)
                    .mapToObj(at -> new Tick(at(at), at == 0 ? "0" : Words.duration(Duration.ofMillis(at))))
                    .toList();
        }
    }
}
