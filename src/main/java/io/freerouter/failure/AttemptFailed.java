package io.freerouter.failure;

/** How a failed attempt travels through a {@code Uni} or {@code Multi}. Has no stack trace: it is news, not a bug. */
public final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure what went wrong */
    public AttemptFailed(Failure failure) {
        super(failure.cause(), null, false, false);
        this.failure = failure;
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }
}
