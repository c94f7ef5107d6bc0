package io.freerouter.engine;

/** Sees everything that happens to requests. Called on the thread where it happens: be quick, never block or throw. */
public interface RouterListener {
    /** Something happened. */
    void on(RouterEvent event);
}
