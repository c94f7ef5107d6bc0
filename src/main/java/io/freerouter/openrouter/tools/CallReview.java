package io.freerouter.openrouter.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.dialect.ToolFormat;
import io.freerouter.dialect.ToolFormat.DeclaredTool;
import io.freerouter.dialect.ToolFormat.ToolChoice;
import io.freerouter.openrouter.json.ExactJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the caller can use the tool calls of an answer: each names a declared tool, has arguments that fit its schema and an id of
 * its own, and the answer obeys the request's choice of tools.
 *
 * @param verdict the worst verdict of all calls
 * @param repairs the repaired arguments, by the position of the call; empty for a call that stays as it is
 */
record CallReview(Verdict verdict, List<Optional<String>> repairs) {
    /** What can be done with the calls of an answer, from good to bad. */
    enum Verdict {
        /** They can be handed on as they came. */
        SOUND,
        /** They can be repaired, and mean the same then. */
        REPAIRABLE,
        /** They can be repaired, and most likely mean the same then. */
        REPAIRABLE_BY_GUESS,
        /** They cannot be used. */
        UNSOUND;

        Verdict worse(Verdict other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    /**
     * What is asked of the calls.
     *
     * @param tools the declared tools by their names
     * @param choice which tools may or must be called
     * @param allowsNoArguments whether an empty text stands for no arguments
     * @param hasObjects whether arguments may be an object instead of a text
     */
    record Terms(Map<String, DeclaredTool> tools, ToolChoice choice, boolean allowsNoArguments, boolean hasObjects) {}

    private static final String NOTHING = "{}";

    /**
     * Reviews the calls of the answers to one request.
     *
     * @param calls all calls
     * @param reasons why each answer stopped, by its number; answers that do not say are left out
     * @param format of the dialect
     */
    static CallReview of(List<ToolCall> calls, Map<Integer, String> reasons, ToolFormat format, Terms terms) {
        Verdict verdict = Verdict.SOUND;
        Set<Integer> answers = new HashSet<>(reasons.keySet());
        calls.forEach(call -> answers.add(call.answer()));
        for (int answer : answers) {
            List<ToolCall> own =
                    calls.stream().filter(call -> call.answer() == answer).toList();
            boolean promised = format.callReasons().contains(reasons.getOrDefault(answer, ""));
            boolean obeys = own.isEmpty()
                    ? !promised && !terms.choice().required()
                    : terms.choice().allowed() && haveTheirOwnIds(own);
            verdict = obeys ? verdict : Verdict.UNSOUND;
        }
        List<Optional<String>> repairs = new ArrayList<>();
        for (ToolCall call : calls) {
            Finding finding = review(call, terms);
            verdict = verdict.worse(finding.verdict());
            repairs.add(finding.repaired());
        }
        return new CallReview(verdict, repairs);
    }

    /** Clients give a call an id if it has none. */
    private static boolean haveTheirOwnIds(List<ToolCall> calls) {
        Set<String> ids = new HashSet<>();
        return calls.stream().map(ToolCall::id).filter(id -> !id.isEmpty()).allMatch(ids::add);
    }

    private record Finding(Verdict verdict, Optional<String> repaired) {
        static final Finding SOUND = new Finding(Verdict.SOUND, Optional.empty());
        static final Finding UNSOUND = new Finding(Verdict.UNSOUND, Optional.empty());

        static Finding repaired(String arguments, boolean certain) {
            return new Finding(certain ? Verdict.REPAIRABLE : Verdict.REPAIRABLE_BY_GUESS, Optional.of(arguments));
        }
    }

    private static Finding review(ToolCall call, Terms terms) {
        DeclaredTool tool = terms.tools().get(call.name());
        Set<String> chosen = terms.choice().names();
        if (tool == null || !chosen.isEmpty() && !chosen.contains(call.name())) {
            return Finding.UNSOUND;
        }
        return tool.plainText() ? Finding.SOUND : review(call, new SchemaCheck(tool.schema()), terms);
    }

    private static Finding review(ToolCall call, SchemaCheck schema, Terms terms) {
        if (call.arguments().isBlank()) {
            return withoutArguments(schema, terms);
        }
        boolean sound = ExactJson.object(call.arguments()).filter(schema::fits).isPresent();
        if (sound) {
            return call.object() && !terms.hasObjects() ? Finding.repaired(call.arguments(), true) : Finding.SOUND;
        }
        return new ArgumentsRepair(schema::fits)
                .repair(call.arguments())
                .map(repaired -> Finding.repaired(repaired.json(), repaired.certain()))
                .orElse(Finding.UNSOUND);
    }

    private static Finding withoutArguments(SchemaCheck schema, Terms terms) {
        JsonNode nothing = ExactJson.tree(NOTHING);
        if (!schema.fits(nothing)) {
            return Finding.UNSOUND;
        }
        return terms.allowsNoArguments() ? Finding.SOUND : Finding.repaired(NOTHING, true);
    }
}
