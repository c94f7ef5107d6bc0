package io.freerouter.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.testing.ModelScript;
import io.freerouter.testing.RouterBench;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A race as chance may make it: models m0, m1 and so on, each with something it does when asked.
 *
 * @param plays what the models do
 * @param width how many may run at once
 * @param delay the hedge delay, in milliseconds
 * @param most how many may be asked
 */
record RandomRace(List<RandomRace.Play> plays, int width, long delay, int most) {
    /** The bench's limit to the first token. */
    private static final long LIMIT = 30_000;

    private static final Set<FailureKind> ALIKE = EnumSet.of(
            FailureKind.UNSUITED,
            FailureKind.NOT_PRIVATE,
            FailureKind.NO_CREDIT,
            FailureKind.PRIVACY,
            FailureKind.REFUSED_BY_PROVIDER);
    /** Two of these together say that the upstream cannot be reached. */
    private static final Set<FailureKind> UNREACHABLE = EnumSet.of(FailureKind.UNREACHABLE, FailureKind.UNPROCESSED);
    /** Longer than any stream takes once it has begun. */
    private static final long A_STREAM = 200_000;

    /** What a model does: at one moment something, after some more time something else. */
    record Play(Way way, long at, long more, FailureKind kind) {
        enum Way {
            FAIL,
            HANG,
            STALL,
            BREAK,
            ANSWER
        }

        /** The first text is the model's own name. */
        ModelScript script(String model) {
            return switch (way) {
                case FAIL -> ModelScript.fail(at, RouterBench.failure(kind, 500));
                case HANG -> ModelScript.hang();
                case STALL -> ModelScript.say(at, model);
                case BREAK -> ModelScript.say(at, model).breaks(at + more, RouterBench.failure(kind, 500));
                case ANSWER ->
                    ModelScript.say(at, model).then(at + more, "more").complete(at + more + more);
            };
        }

        /** Whether it hangs for as long as anybody waits; at the limit itself it is too late. */
        boolean tooLate() {
            return way == Way.HANG || end() >= LIMIT;
        }

        /** When an attempt ends: a request that was not processed is made once more. */
        long end() {
            return isMadeTwice() ? at + at : at;
        }

        boolean isMadeTwice() {
            return way == Way.FAIL && kind == FailureKind.UNPROCESSED;
        }

        boolean refuses(Set<FailureKind> reasons) {
            return way == Way.FAIL && !tooLate() && reasons.contains(kind);
        }

        /** The bench's models are each smaller than the one before. */
        boolean stops() {
            return way == Way.FAIL && (kind.verdict() != Verdict.NEXT || kind == FailureKind.TOO_LONG);
        }
    }

    Run run() {
        return new Run();
    }

    /** The same with a width of one. */
    RandomRace alone() {
        return new RandomRace(plays, 1, delay, most);
    }

    /** What plain fallback does, one model after another. */
    List<String> fallback() {
        List<String> lines = new ArrayList<>();
        long now = 0;
        for (int n = 0; n < Math.min(plays.size(), most); n++) {
            Play play = plays.get(n);
            lines.add(now + " ask m" + n);
            now += play.tooLate() ? LIMIT : play.end();
            boolean fails = play.tooLate() || play.way() == Play.Way.FAIL;
            lines.add(now + (fails ? " fail m" : " answer m") + n);
            if (!fails || !play.tooLate() && (play.stops() || isOneTooMany(n))) {
                break;
            }
        }
        return lines;
    }

    /** Whether enough models have failed alike to say that the others would, too. */
    private boolean isOneTooMany(int last) {
        FailureKind kind = plays.get(last).kind();
        return ALIKE.contains(kind) && refusals(last, Set.of(kind)) >= 3
                || kind == FailureKind.CREDIT_REFUSED && refusals(last, Set.of(kind)) >= 2
                || UNREACHABLE.contains(kind) && refusals(last, UNREACHABLE) >= 2;
    }

    private long refusals(int last, Set<FailureKind> reasons) {
        return plays.subList(0, last + 1).stream()
                .filter(play -> play.refuses(reasons))
                .count();
    }

    /** One run of it. */
    final class Run {
        private final RouterBench bench;
        private UniAssertSubscriber<Answer<OpenStream>> request;
        private List<String> texts = List.of();

        private Run() {
            String[] models =
                    IntStream.range(0, plays.size()).mapToObj(n -> "m" + n).toArray(String[]::new);
            bench = RouterBench.with(models).maxAttempts(most).hedging(width, delay);
            IntStream.range(0, models.length)
                    .forEach(n -> bench.upstream.script(models[n], plays.get(n).script(models[n])));
        }

        /** Until there is a winner or a refusal, within the time that asking one after another would take. */
        void race() {
            request = bench.stream();
            for (int n = 0; n < most && !isDecided(); n++) {
                bench.advance(LIMIT);
            }
            assertThat(isDecided()).as("decided in time").isTrue();
        }

        /** Until the winner's stream has ended, too. */
        void toItsEnd() {
            race();
            if (request.getItem() != null) {
                assertThat(bench.upstream.openCalls()).isLessThanOrEqualTo(1);
                AssertSubscriber<String> reader = RouterBench.read(request, Long.MAX_VALUE);
                bench.advance(A_STREAM);
                assertThat(reader.hasCompleted() || reader.getFailure() != null).isTrue();
                texts = reader.getItems();
            }
        }

        void leaveAt(long moment) {
            request = bench.stream();
            bench.advance(moment);
            leave();
            bench.advance(A_STREAM);
        }

        /** Leaves in the n-th event after the request has begun, or when it is decided. */
        void leaveInEvent(int event) {
            int[] left = {event};
            bench.alsoTell(told -> {
                if (request != null && left[0]-- <= 0) {
                    request.cancel();
                }
            });
            request = bench.stream();
            bench.advance(most * LIMIT);
            leave();
            bench.advance(A_STREAM);
        }

        private void leave() {
            if (request.getItem() != null) {
                RouterBench.read(request, 1).cancel();
            } else {
                request.cancel();
            }
        }

        private boolean isDecided() {
            return request.getItem() != null || request.getFailure() != null;
        }

        void assertThatTheRulesWereKept() {
            assertThat(bench.upstream.mostOpenCalls()).isLessThanOrEqualTo(width);
            assertThat(bench.upstream.asked().stream().distinct()).hasSizeLessThanOrEqualTo(most);
            assertThat(bench.upstream.asked().stream()
                            .filter(model -> !play(model).isMadeTwice()))
                    .doesNotHaveDuplicates();
            assertThat(count("answer")).as("winners").isLessThanOrEqualTo(1);
            assertThat(count("(answer|fail|cancel)")).as("ends of %s", lines()).isEqualTo(count("ask"));
            assertThat(lines().stream()
                            .dropWhile(line -> !line.matches("\\d+ (answer|leave).*"))
                            .filter(line -> line.matches("\\d+ (ask|fail) .*")))
                    .as("what came after the end of the race in %s", lines())
                    .isEmpty();
        }

        void assertThatTheAnswerIsOfTheModelNamed() {
            if (request.getItem() != null) {
                Answer<OpenStream> answer = request.getItem();
                assertThat(count("answer " + answer.model())).isEqualTo(1);
                assertThat(texts).startsWith(answer.model().value());
                assertThat(bench.upstream.asked().stream().distinct()).hasSize(answer.attempts());
            }
        }

        void assertThatAllIsOver() {
            assertThat(bench.upstream.openCalls()).as("open calls").isZero();
            assertThat(bench.time.pending()).as("timers, but for the catalog's").isEqualTo(1);
        }

        private Play play(String model) {
            return plays.get(Integer.parseInt(model.substring(1)));
        }

        private long count(String what) {
            return lines().stream()
                    .filter(line -> line.matches("\\d+ " + what + "\\b.*"))
                    .count();
        }

        /** What was recorded about the models, without the catalog. */
        List<String> lines() {
            return bench.recorded.lines().stream()
                    .filter(line -> !line.contains("catalog"))
                    .toList();
        }

        /** The same without the causes of failures. */
        List<String> outline() {
            return lines().stream()
                    .map(line -> line.replaceFirst("(fail \\w+) .*", "$1"))
                    .toList();
        }
    }
}
