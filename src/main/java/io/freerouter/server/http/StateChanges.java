package io.freerouter.server.http;

/** Is notified of changes to the state of models that no request causes, because the state may be saved for a later process. */
@FunctionalInterface
public interface StateChanges {
    /** A cooldown began or ended because a user said so. */
    void changed();
}
