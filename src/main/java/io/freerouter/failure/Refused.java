package io.freerouter.failure;

/** How a refusal travels to the caller's edge. Has no stack trace: it is an answer, not a bug. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** @param refusal what the caller is told */
    public Refused(Refusal refusal) {
        super(refusal.getClass().getSimpleName(), null, false, false);
        this.refusal = refusal;
    }

    /** What the caller is told. */
    public Refusal refusal() {
        return refusal;
    }
}
