package io.freerouter.failure;

/** Carries a refusal through a {@code Uni} to the caller. Has no stack trace, because it is an answer and not a bug. */
public final class RefusalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** @param refusal why the caller gets no answer */
    public RefusalException(Refusal refusal) {
        super(refusal.getClass().getSimpleName(), null, false, false);
        this.refusal = refusal;
    }

    /** Why the caller gets no answer. */
    public Refusal refusal() {
        return refusal;
    }
}
