package io.freerouter.engine;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.List;

/** Sees everything that happens to requests. Called on the thread where it happens: be quick, never block. */
public interface RouterListener {
    /** Something happened. */
    void on(RouterEvent event);

    /** A listener that notifies all of these, in order, whatever some of them throw. */
    static RouterListener all(List<RouterListener> listeners) {
        List<RouterListener> each =
                listeners.stream().map(RouterListener::guarded).toList();
        return event -> each.forEach(listener -> listener.on(event));
    }

    /**
     * The same listener, except that its exceptions do not reach the code that notifies it: a listener's bug must not end a
     * request. The exception goes to Mutiny's handler of dropped exceptions, which logs it.
     */
    static RouterListener guarded(RouterListener listener) {
        return event -> {
            try {
                listener.on(event);
            } catch (RuntimeException bug) {
                Infrastructure.handleDroppedException(bug);
            }
        };
    }
}
