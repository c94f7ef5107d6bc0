package io.freerouter.observe;

import io.freerouter.failure.AttemptFailed;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What fails when nobody waits for it any more. That an upstream breaks a stream which has just been given up is no fault of
 * the program; all else would be. Safe to use from any thread.
 */
public final class DroppedFailures implements Consumer<Throwable> {
    private static final Logger LOG = Logger.getLogger(DroppedFailures.class);

    @Override
    public void accept(Throwable failure) {
        if (failure instanceof AttemptFailed given) {
            LOG.debugf("After it was given up: %s", given.failure().cause());
        } else {
            LOG.error("A failure that nobody waits for", failure);
        }
    }
}
