package io.freerouter.demo;

/** Watches the requests to a simulated upstream. Called on an event loop, so it must not block. */
public interface Visitor {
    /** Watches nothing. */
    Visitor NONE = new Visitor() {
        @Override
        public void opened(Call call) {}

        @Override
        public void closed(Call call, boolean aborted) {}
    };

    /** A request has arrived, whole. */
    void opened(Call call);

    /**
     * A request is over, told once for each that was opened.
     *
     * @param aborted whether the client left, or the server was closed, before the script was over; otherwise this is
     *     told before the client can have seen the end
     */
    void closed(Call call, boolean aborted);
}
