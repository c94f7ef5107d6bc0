package io.freerouter.engine;

import java.util.List;

/** Sees everything that happens to requests. Called on the thread where it happens: be quick, never block or throw. */
public interface RouterListener {
    /** Something happened. */
    void on(RouterEvent event);

    /** One that tells all of these, in order. */
    static RouterListener all(List<RouterListener> listeners) {
        List<RouterListener> each = List.copyOf(listeners);
        return event -> each.forEach(listener -> listener.on(event));
    }
}
