package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.AnswerFormat;
import io.freerouter.dialect.AnswerFormat.CallPiece;
import io.freerouter.engine.AnswerMetadata;
import io.freerouter.engine.Usage;
import io.freerouter.openrouter.error.FailureReader;
import io.freerouter.openrouter.json.Decimals;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.ToolCall;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is noted of one answer while it comes: who hosts the model, what it cost, whether its tool calls can be used, why the
 * model stopped and how many malformed events were left out; from the members that OpenRouter adds to <a
 * href="https://openrouter.ai/docs/api-reference/overview">responses</a>. Safe to use from any thread.
 */
final class AnswerMetadataCollector {
    /** Where a dialect puts the answer as a whole into an event of its stream. */
    private static final List<String> WHOLE = List.of("response", "message");

    /** The highest number of answers that OpenAI's {@code n} may ask for. */
    private static final int MOST_ANSWERS = 128;
    /** A word that may stand in traces and logs. What else an upstream may send as a reason is no reason. */
    private static final Pattern REASON = Pattern.compile("[A-Za-z0-9_.:-]{1,40}");

    private final AnswerFormat format;
    private final Set<String> tools;
    private final SortedMap<Integer, String> reasons = new TreeMap<>();
    private final ToolCalls calls = new ToolCalls();
    private Optional<String> provider = Optional.empty();
    private Optional<BigDecimal> cost = Optional.empty();
    private boolean usable = true;
    private Optional<Boolean> checked = Optional.empty();
    private boolean repaired;
    private boolean rescued;
    private int skipped;
    private long input;
    private long output;
    private volatile long tokens;

    /** @param tools the names of the tools that may be called; if there are none, any may */
    AnswerMetadataCollector(AnswerFormat format, Set<String> tools) {
        this.format = format;
        this.tools = tools;
    }

    /** Notes a chunk, or a whole answer. */
    synchronized void add(JsonNode answer) {
        note(answer);
        WHOLE.forEach(member -> note(answer.path(member)));
        format.calls(answer).forEach(calls::add);
        format.endings(answer).forEach(this::note);
    }

    private void note(AnswerFormat.Ending ending) {
        if (reasons.size() < MOST_ANSWERS && REASON.matcher(ending.reason()).matches()) {
            reasons.put(ending.answer(), ending.reason());
        }
    }

    private void note(JsonNode answer) {
        JsonNode host = answer.path("provider");
        if (host.isTextual()) {
            provider = FailureReader.providerName(host).or(() -> provider);
        }
        JsonNode usage = answer.path("usage");
        if (!usage.isMissingNode()) {
            cost = cost(usage).or(() -> cost);
            input = count(usage, "prompt_tokens", "input_tokens", input);
            output = count(usage, "completion_tokens", "output_tokens", output);
        }
    }

    /** A number of tokens, as OpenAI's chat calls it or as the other dialects do. Anthropic's streams tell one number at a time. */
    private static long count(JsonNode usage, String chat, String others, long before) {
        JsonNode count = usage.path(chat).isNumber() ? usage.path(chat) : usage.path(others);
        return count.canConvertToLong() && count.asLong() > 0 ? count.asLong() : before;
    }

    /** One more token has come. Called by one thread at a time. */
    void token() {
        tokens++;
    }

    /** About how many tokens have come so far. */
    long tokens() {
        return tokens;
    }

    /** Tools that OpenRouter runs may be charged for although the model is free. */
    private static Optional<BigDecimal> cost(JsonNode usage) {
        Optional<BigDecimal> total = Decimals.amount(usage.path("cost"));
        return Decimals.amount(usage.path("cost_details").path("server_tool_cost"))
                .filter(tools -> tools.compareTo(total.orElse(BigDecimal.ZERO)) > 0)
                .or(() -> total);
    }

    /** Notes that a malformed event was left out. */
    synchronized void skip() {
        skipped++;
    }

    /** The tool calls so far; empty if they are too long to be kept. */
    synchronized Optional<List<ToolCall>> calls() {
        return calls.list();
    }

    /** Why each of the answers stopped, by its number. */
    synchronized Map<Integer, String> reasons() {
        return Map.copyOf(reasons);
    }

    /**
     * The tool calls have been checked against what the request allows.
     *
     * @param canBeUsed whether the caller can use what it gets
     * @param wereRepaired whether that is a repair
     */
    synchronized void checked(boolean canBeUsed, boolean wereRepaired) {
        checked = Optional.of(canBeUsed);
        repaired = wereRepaired;
    }

    /** The tool calls were made of a text that contained them. They are sound. */
    synchronized void rescued() {
        checked = Optional.of(true);
        rescued = true;
    }

    /** The answer is whole: now its tool calls can be judged. */
    synchronized void finish() {
        usable = checked.orElseGet(() -> calls.areUsable(tools));
    }

    /** What is known by now. */
    synchronized AnswerMetadata metadata() {
        Optional<Usage> usage = input + output > 0 ? Optional.of(new Usage(input, output)) : Optional.empty();
        return new AnswerMetadata(
                provider, cost, usable, skipped, usage, List.copyOf(reasons.values()), repaired, rescued);
    }

    /** The tool calls of one answer, put together from their pieces. Beyond a bound no call is kept, and none is judged. */
    private static final class ToolCalls {
        /** How many characters of names and arguments are kept: far above what any tool takes. */
        static final int MOST = 4 << 20;
        /** What a call costs to keep beside its text, in characters. */
        private static final int CALL = 64;

        private final SortedMap<Place, Call> calls = new TreeMap<>(Place.ORDER);
        private int kept;

        private record Place(int answer, int call) {
            static final Comparator<Place> ORDER =
                    Comparator.comparingInt(Place::answer).thenComparingInt(Place::call);
        }

        /** Adds a piece of a call. */
        void add(CallPiece piece) {
            if (kept <= MOST) {
                kept += calls.computeIfAbsent(new Place(piece.answer(), piece.call()), first -> new Call())
                        .add(piece);
            }
            if (kept + calls.size() * CALL > MOST) {
                kept = MOST + 1;
                calls.clear();
            }
        }

        /** All calls in their order; empty if they are not kept. */
        Optional<List<ToolCall>> list() {
            return kept > MOST
                    ? Optional.empty()
                    : Optional.of(calls.entrySet().stream()
                            .map(entry -> entry.getValue().at(entry.getKey()))
                            .toList());
        }

        /**
         * Whether each call names a known tool and has arguments in JSON, or none.
         *
         * @param tools the names of the known tools; if there are none, any name will do
         */
        boolean areUsable(Set<String> tools) {
            return calls.values().stream().allMatch(call -> call.isUsable(tools));
        }

        private static final class Call {
            private final StringBuilder name = new StringBuilder();
            private final StringBuilder arguments = new StringBuilder();
            private String id = "";
            private boolean object;

            /** Adds a piece; returns how many characters it has. Some providers repeat the name in each piece. */
            int add(CallPiece piece) {
                String more = piece.name().asText("");
                if (!name.toString().equals(more)) {
                    name.append(more);
                }
                id = id.isEmpty() ? piece.id().asText("") : id;
                object |= piece.arguments().isContainerNode();
                String text = text(piece.arguments());
                arguments.append(text);
                return more.length() + text.length();
            }

            /** Some providers give the arguments as an object instead of a text. */
            private static String text(JsonNode arguments) {
                return arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
            }

            ToolCall at(Place place) {
                return new ToolCall(place.answer(), place.call(), id, name.toString(), arguments.toString(), object);
            }

            boolean isUsable(Set<String> tools) {
                boolean known = tools.isEmpty() ? !name.isEmpty() : tools.contains(name.toString());
                return known && (arguments.toString().isBlank() || ExactJson.isValue(arguments.toString()));
            }
        }
    }
}
