package io.freerouter.request;

import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;

/**
 * Reads how long the answer may be, and how much of it may be thoughts. Both are ceilings, because agents send the largest number
 * that their own model knows. For a model that gives less, the limit is lowered to what it gives, and the thoughts to a share of
 * that. Thoughts are part of an answer, so they always stay below its limit.
 */
public final class AnswerLimits {
    /** The smallest budget that Anthropic's messages allow (https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking). */
    private static final long LEAST_BUDGET = 1024;

    private final EditPlan plan;
    private long limit;
    private long newerLimit;
    private long budget;

    AnswerLimits(EditPlan plan) {
        this.plan = plan;
    }

    /** Reads a member that limits the answer. */
    public void limit(JsonCursor value) {
        limit = ceiling(value);
    }

    /** Reads a member that limits the answer and takes precedence over {@link #limit}. */
    public void newerLimit(JsonCursor value) {
        newerLimit = ceiling(value);
    }

    private long ceiling(JsonCursor value) {
        long tokens = value.count();
        if (tokens > 0) {
            plan.add(new Edit(
                    value.start(),
                    value.end(),
                    target -> Long.toString(target.output()),
                    target -> target.output() < tokens));
        }
        return tokens;
    }

    /**
     * Reads a member by which APIs let a caller say how many tokens of the answer may be thoughts: {@code thinking.budget_tokens},
     * {@code reasoning.max_tokens} or {@code thinking_budget}.
     *
     * @return for which models the member is removed, because their answers have no room for thoughts
     */
    public When thoughts(String name, JsonCursor json) {
        switch (name) {
            case "thinking" -> json.readMembers("budget_tokens", () -> budget(json));
            case "reasoning" -> json.readMembers("max_tokens", () -> budget(json));
            case "thinking_budget" -> budget(json);
            default -> {
                return When.NEVER;
            }
        }
        return noRoomForThoughts();
    }

    /**
     * Reads how many tokens of the answer may be thoughts. For models whose answers cannot be longer than that, the number is lowered.
     *
     * @return the number; 0 if the value is none
     */
    public long budget(JsonCursor value) {
        long tokens = value.count();
        if (tokens > 0) {
            budget = Math.max(budget, tokens);
            plan.add(new Edit(
                    value.start(),
                    value.end(),
                    target -> Long.toString(Math.min(tokens, budgetWithin(longest(target)))),
                    target -> isLowered(target, tokens)));
        }
        return tokens;
    }

    /** A quarter of the limit is left for the answer itself. */
    private static long budgetWithin(long output) {
        return Math.max(LEAST_BUDGET, output - output / 4);
    }

    /** For which models there is no room for the thoughts that are asked for, because their answers are too short. */
    public When noRoomForThoughts() {
        return target -> budget > 0 && isLowered(target, budget) && longest(target) <= LEAST_BUDGET;
    }

    /** Whether so many thoughts are too many, or the model gives shorter answers than the caller counted on. */
    private boolean isLowered(Edit.Target target, long thoughts) {
        return longest(target) <= thoughts || target.output() < allowed();
    }

    /** How many tokens an answer of a model may have, by the caller and by the model. */
    private long longest(Edit.Target target) {
        return allowed() > 0 ? Math.min(allowed(), target.output()) : target.output();
    }

    /** How many tokens the answer may have by the caller's word; 0 if the request does not say. */
    private long allowed() {
        return newerLimit > 0 ? newerLimit : limit;
    }

    /** How many tokens the answer may have; without a limit, one more than its thoughts. 0 if the request says neither. */
    long tokens() {
        return allowed() > 0 || budget == 0 ? allowed() : Math.max(budget, budget + 1);
    }
}
