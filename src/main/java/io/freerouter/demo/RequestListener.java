package io.freerouter.demo;

/** Watches the requests to a simulated upstream. Called on an event loop, so it must not block. */
public interface RequestListener {
    /** Watches nothing. */
    RequestListener NONE = new RequestListener() {};

    /** A request has arrived, whole. */
    default void opened(ReceivedRequest call) {}

    /**
     * A request is over. Called once for each request that was opened.
     *
     * @param aborted whether the client disconnected, or the server was closed, before the script was over; otherwise this is
     *     called before the client can have seen the end
     */
    default void closed(ReceivedRequest call, boolean aborted) {}
}
