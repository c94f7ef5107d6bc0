package io.freerouter.testing;

import io.freerouter.engine.AnswerMetadata;
import io.freerouter.failure.AttemptException;
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
        void write();

        void text(String text);

        void held();

        void finish();

        void empty();

        void complete();

        void fail(AttemptException failure);
    }

    private interface Move {
        void play(Player player);
    }

    private record Step(long at, Move move) {}

    private final List<Step> steps;
    private final AnswerMetadata metadata;
    private final long connected;

    private ModelScript(List<Step> steps, AnswerMetadata metadata, long connected) {
        this.steps = steps;
        this.metadata = metadata;
        this.connected = connected;
    }

    /** Never says anything. */
    public static ModelScript hang() {
        return new ModelScript(List.of(), AnswerMetadata.NONE, 0);
    }

    /** Has its connection, and so its request, only at this moment; otherwise at once. */
    public ModelScript connects(long at) {
        return new ModelScript(steps, metadata, at);
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

    /** Says something that is held back. */
    public ModelScript holds(long at) {
        return with(at, Player::held);
    }

    /** Says more, and that this was all. */
    public ModelScript last(long at, String text) {
        return with(at, Player::finish).then(at, text);
    }

    /** Comes to a proper end without saying anything. */
    public static ModelScript empty(long at) {
        return hang().with(at, Player::empty);
    }

    /** Comes to its proper end. */
    public ModelScript complete(long at) {
        return with(at, Player::complete);
    }

    /** Tells this beside what it says. */
    public ModelScript finding(AnswerMetadata told) {
        return new ModelScript(steps, told, connected);
    }

    AnswerMetadata metadata() {
        return metadata;
    }

    /** Breaks, or fails before it has said anything, and wants money for it. */
    public ModelScript breaks(long at, Failure failure, String charge) {
        AttemptException failed = new AttemptException(failure, Optional.of(new BigDecimal(charge)));
        return with(at, player -> player.fail(failed));
    }

    /** Breaks. */
    public ModelScript breaks(long at, Failure failure) {
        return with(at, player -> player.fail(new AttemptException(failure)));
    }

    private ModelScript with(long at, Move move) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(at, move));
        return new ModelScript(List.copyOf(more), metadata, connected);
    }

    /** Plays all steps at their moments; returns what calls the remaining ones off. */
    Runnable play(ManualTime time, Player player) {
        List<Runnable> callOffs = new ArrayList<>();
        if (connected == 0) {
            player.write();
        } else {
            callOffs.add(time.after(Duration.ofMillis(connected), player::write));
        }
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
