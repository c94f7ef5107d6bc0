package io.freerouter.http;

/** A body over the limit. Has no stack trace: it is an answer, not a bug. */
final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLarge(MaxBodySize max) {
        super("The request body is larger than the " + max.bytes() + " bytes that are taken.", null, false, false);
    }
}
