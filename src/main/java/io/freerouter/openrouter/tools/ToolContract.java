package io.freerouter.openrouter.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.dialect.CallRescue.EventRewriter;
import io.freerouter.dialect.CallRescue.NewCall;
import io.freerouter.dialect.CallRescue.Rescued;
import io.freerouter.dialect.ToolFormat;
import io.freerouter.dialect.ToolFormat.DeclaredTool;
import io.freerouter.dialect.ToolFormat.Repair;
import io.freerouter.dialect.ToolFormat.ToolChoice;
import io.freerouter.engine.ToolDeclarations;
import io.freerouter.openrouter.json.ExactJson;
import io.freerouter.openrouter.tools.CallReview.Terms;
import io.freerouter.openrouter.tools.CallReview.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a request allows its answer to call, and the check of an answer against it. The declarations are read when they are needed,
 * so an answer without calls costs next to nothing. One for each attempt; not for use by several threads at once.
 */
public final class ToolContract {
    private final ToolFormat format;
    private final ToolDeclarations declarations;
    private final Set<String> names;
    private final boolean rescues;
    private Terms terms;

    /** What may be done with the answer. */
    public enum Decision {
        /** Its calls are sound, or it has none: it goes on as it came. */
        HAND_ON,
        /** Its calls are unsound. Their repair does not change what they mean. */
        REPAIR,
        /**
         * Its calls are unsound. Another model is asked if that is still possible. If not, a repair is used that is most likely
         * right.
         */
        REPAIR_BY_GUESS,
        /** Its calls are unsound, and cannot be repaired. */
        REFUSE
    }

    /**
     * The result of a check.
     *
     * @param decision what may be done
     * @param calls the calls that were checked
     * @param repairs the repaired arguments of each call, by its position; empty for a call that stays as it is
     */
    public record Check(Decision decision, List<ToolCall> calls, List<Optional<String>> repairs) {}

    /**
     * @param declarations what the request says of its tools
     * @param names the tools that are left in the request, without those that were taken out because they cost money
     * @param rescues whether calls that were written as text become calls
     */
    public ToolContract(ToolFormat format, ToolDeclarations declarations, Set<String> names, boolean rescues) {
        this.format = format;
        this.declarations = declarations;
        this.names = names;
        this.rescues = rescues;
    }

    /** Whether a tool call begins or goes on in this event. */
    public boolean calls(JsonNode event) {
        return format.calls(event);
    }

    /**
     * Checks an answer that has come to its end.
     *
     * @param calls its calls
     * @param reasons why each of the answers to the request stopped, in the upstream's words, by its number
     * @param atLimit whether it stopped at a limit on its tokens; its last call may be cut then, which its caller knows
     */
    public Check check(List<ToolCall> calls, Map<Integer, String> reasons, boolean atLimit) {
        if (atLimit
                || calls.isEmpty()
                        && !promises(reasons)
                        && declarations.choice().isEmpty()) {
            return new Check(Decision.HAND_ON, calls, List.of());
        }
        CallReview review = CallReview.of(calls, reasons, format, terms());
        return new Check(decision(review.verdict()), calls, review.repairs());
    }

    /** Whether calls that were written as text become calls. */
    public boolean rescues() {
        return rescues;
    }

    /** The text that the answer says in this event; empty if it says none. */
    public String said(JsonNode event) {
        return format.rescue().said(event).orElse("");
    }

    /** The text of a whole answer; empty if it has none, or if calls could not be put after it. */
    public Optional<String> text(JsonNode answer) {
        return rescues ? format.rescue().text(answer) : Optional.empty();
    }

    /**
     * Makes calls of a text that contains them, if nothing about that is uncertain and the calls are sound.
     *
     * @param text all that the answer said
     * @param sent how many characters of it the caller has got
     * @param now makes the ids of the calls unlike those of other answers
     */
    public Optional<Rescued> rescue(String text, int sent, Instant now) {
        return rescues
                ? TextCalls.in(text, terms().tools()).flatMap(found -> rescued(found, text, sent, now))
                : Optional.empty();
    }

    private Optional<Rescued> rescued(TextCalls.Found found, String text, int sent, Instant now) {
        List<ToolCall> calls = new ArrayList<>();
        List<NewCall> made = new ArrayList<>();
        for (TextCalls.Call call : found.calls()) {
            String seed = now + " " + calls.size() + " " + text;
            String id = format.rescue().idPrefix()
                    + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                            .toString()
                            .replace("-", "");
            calls.add(new ToolCall(0, calls.size(), id, call.name(), call.arguments(), false));
            made.add(new NewCall(id, call.name(), call.arguments()));
        }
        boolean sound = CallReview.of(calls, Map.of(), format, terms()).verdict() == Verdict.SOUND;
        String before = found.before();
        boolean moreSent = before.length() < sent;
        return sound
                ? Optional.of(new Rescued(
                        moreSent ? text.substring(0, sent) : before, moreSent ? "" : before.substring(sent), made))
                : Optional.empty();
    }

    /** Begins to rewrite a stream whose text has calls, from the first event whose text the caller has not got. */
    public EventRewriter rewriter(Rescued rescued) {
        return format.rescue().rewriter(rescued);
    }

    /** Rewrites a whole answer whose text has calls. */
    public byte[] rewrite(ObjectNode answer, Rescued rescued) {
        format.rescue().rewrite(answer, rescued);
        return ExactJson.bytes(answer);
    }

    private boolean promises(Map<Integer, String> reasons) {
        return reasons.values().stream().anyMatch(format.callReasons()::contains);
    }

    private static Decision decision(Verdict verdict) {
        return switch (verdict) {
            case SOUND -> Decision.HAND_ON;
            case REPAIRABLE -> Decision.REPAIR;
            case REPAIRABLE_BY_GUESS -> Decision.REPAIR_BY_GUESS;
            case UNSOUND -> Decision.REFUSE;
        };
    }

    private Terms terms() {
        if (terms == null) {
            terms = read();
        }
        return terms;
    }

    /** A call of a tool without a name cannot be recognised. So if there is such a tool, no answer is blamed for having no call. */
    private Terms read() {
        Map<String, DeclaredTool> tools = new HashMap<>();
        boolean nameless = false;
        for (JsonNode declaration : ExactJson.tree(declarations.tools())) {
            Optional<DeclaredTool> tool = format.tool(declaration);
            nameless |= tool.isEmpty();
            tool.filter(named -> names.contains(named.name())).ifPresent(named -> tools.put(named.name(), named));
        }
        ToolChoice choice = declarations.choice().isEmpty()
                ? ToolChoice.AUTO
                : format.choice(ExactJson.tree(declarations.choice()));
        ToolChoice known = nameless ? new ToolChoice(choice.allowed(), false, choice.names()) : choice;
        return new Terms(tools, known, format.allowsNoArguments(), format.hasObjects());
    }

    /** Repairs the events of a stream, or a whole answer, one after the other. */
    public Repairer repairer(Check check) {
        return new Repairer(format, check);
    }

    /** Puts repaired arguments into an answer. Not for use by several threads at once. */
    public static final class Repairer {
        private final ToolFormat format;
        private final Map<Place, Repair> repairs = new HashMap<>();

        private record Place(int answer, int call) {}

        Repairer(ToolFormat format, Check check) {
            this.format = format;
            for (int at = 0; at < check.repairs().size(); at++) {
                ToolCall call = check.calls().get(at);
                check.repairs()
                        .get(at)
                        .ifPresent(
                                arguments -> repairs.put(new Place(call.answer(), call.call()), new Repair(arguments)));
            }
        }

        /** The next event, or the whole answer, with repaired arguments. */
        public byte[] repair(ObjectNode json) {
            format.repair(json, (answer, call) -> Optional.ofNullable(repairs.get(new Place(answer, call))));
            return ExactJson.bytes(json);
        }
    }
}
