package io.freerouter.observe;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.LeftOutModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How one model of the pool does. Immutable.
 *
 * @param id the model's id, which may contain slashes and a colon
 * @param name its name for people
 * @param place where it stands in today's order for a plain streamed request, from 1 on; 0 if it would not be asked
 * @param state whether it may be asked
 * @param until when the state ends; empty if it has no end, or none that is known
 * @param why in words for people, why it stands where it stands; a whole sentence or two
 * @param abilities what it can do, assumed abilities included
 * @param assumed the abilities that OpenRouter neither lists nor denies
 * @param context how many tokens prompt and answer may have together, 0 if unknown
 * @param maxOutput how many tokens an answer may have, 0 if unknown
 * @param asked how many attempts were made lately, the cancelled ones left out
 * @param answered how many of them were answered
 * @param firstTokenP50 the usual time to the first token of a stream; empty if no stream was seen
 * @param firstTokenP90 the time within which nine of ten streams spoke; empty if no stream was seen
 * @param tokensPerSecond how fast the model writes, as measured lately; empty if unknown
 * @param toolAnswers how many answers to requests with tools were seen lately
 * @param validToolCalls the share of these answers whose tool calls the caller could use, from 0 to 1; empty if none was seen
 * @param lastFailure why the last failed attempt failed, in a few words; empty text if none did
 * @param lastFailedAt when that was
 */
public record ModelStatus(
        String id,
        String name,
        int place,
        State state,
        Optional<Instant> until,
        String why,
        Set<Ability> abilities,
        Set<Ability> assumed,
        long context,
        long maxOutput,
        long asked,
        long answered,
        Optional<Duration> firstTokenP50,
        Optional<Duration> firstTokenP90,
        OptionalDouble tokensPerSecond,
        long toolAnswers,
        OptionalDouble validToolCalls,
        String lastFailure,
        Optional<Instant> lastFailedAt) {

    /** Whether a model may be asked. */
    public enum State {
        /** It may be asked at once. */
        READY("ready"),
        /** It cools down after a failure or because a user asked for that; it is asked last. */
        COOLING("cooling down"),
        /** Its cooldown is over, and one attempt probes it before other requests follow. */
        HALF_OPEN("being probed"),
        /** It is ready, but its recent tool calls could not be used, so requests with tools ask it late. */
        UNFIT_FOR_TOOLS("unfit for tools"),
        /** The account's privacy settings keep it out. */
        PRIVACY("left out by privacy settings"),
        /** It charged money, so it is never asked again. */
        CHARGED("charged money"),
        /** OpenRouter does not list it as free any more. */
        GONE("gone");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** The state in words for people, in lower case. */
        public String words() {
            return words;
        }

        /** The name in JSON, such as {@code half_open}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The share of attempts that were answered, from 0 to 1; empty if none was made lately. */
    public OptionalDouble successRate() {
        return asked == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) answered / asked);
    }

    /**
     * The whole pool.
     *
     * @param models in today's order, those that would not be asked at the end
     * @param readAt when OpenRouter was asked for its list; empty if it was never read
     * @param withheld how many more free models the settings of the account keep out; empty if unknown
     * @param leftOut free models that are not in the pool, each with the reason
     */
    public record Pool(
            List<ModelStatus> models,
            Optional<Instant> readAt,
            Optional<Integer> withheld,
            List<LeftOutModel> leftOut) {
        public Pool {
            models = List.copyOf(models);
            leftOut = List.copyOf(leftOut);
        }

        /** How many models may be asked at once. */
        public long ready() {
            return models.stream()
                    .filter(model -> model.state() == State.READY || model.state() == State.UNFIT_FOR_TOOLS)
                    .count();
        }
    }
}
