package io.freerouter.testing;

import io.freerouter.engine.Findings;
import io.freerouter.failure.AttemptFailed;
import io.freerouter.failure.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one call of a model leads to. Moments are in milliseconds since the call began; 0 is while it is still being made.
 * Without an end it hangs after its last step.
 */
public final class ModelScript {
    /** Takes the steps of a script. */
    interface Player {
        void text(String text);

        void finish();

        void complete();

        void fail(AttemptFailed failure);
    }

    private interface Move {
        void play(Player player);
    }

    private record Step(long at, Move move) {}

    private final List<Step> steps;
    private final Findings findings;

    private ModelScript(List<Step> steps, Findings findings) {
        this.steps = steps;
        this.findings = findings;
    }

    /** Never says anything. */
    public static ModelScript hang() {
        return new ModelScript(List.of(), Findings.NONE);
    }

    /** Fails before it has said anything. */
    public static ModelScript fail(long at, Failure failure) {
        return hang().breaks(at, failure);
    }

    /** Says its first token, or the whole answer where no stream is asked for. */
    public static ModelScript say(long at, String text) {
        return hang().then(at, text);
    }

    /** Says more. */
    public ModelScript then(long at, String text) {
        return with(at, player -> player.text(text));
    }

    /** Says more, and that this was all. */
    public ModelScript last(long at, String text) {
        return then(at, text).with(at, Player::finish);
    }

    /** Comes to its proper end. */
    public ModelScript complete(long at) {
        return with(at, Player::complete);
    }

    /** Tells this beside what it says. */
    public ModelScript finding(Findings told) {
        return new ModelScript(steps, told);
    }

    Findings findings() {
        return findings;
    }

    /** Breaks, or fails before it has said anything, and wants money for it. */
    public ModelScript breaks(long at, Failure failure, String charge) {
        AttemptFailed failed = new AttemptFailed(failure, Optional.of(new BigDecimal(charge)));
        return with(at, player -> player.fail(failed));
    }

    /** Breaks. */
    public ModelScript breaks(long at, Failure failure) {
        return with(at, player -> player.fail(new AttemptFailed(failure)));
    }

    private ModelScript with(long at, Move move) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(at, move));
        return new ModelScript(List.copyOf(more), findings);
    }

    /** Plays all steps at their moments; returns what calls the remaining ones off. */
    Runnable play(ManualTime time, Player player) {
        List<Runnable> callOffs = new ArrayList<>();
        for (Step step : steps) {
            if (step.at() == 0) {
                step.move().play(player);
            } else {
                callOffs.add(time.after(
                        Duration.ofMillis(step.at()), () -> step.move().play(player)));
            }
        }
        return () -> callOffs.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return steps.size() + " steps";
    }
}
