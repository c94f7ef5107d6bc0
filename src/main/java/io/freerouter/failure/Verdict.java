package io.freerouter.failure;

/** What a failed attempt means for the request it was made for. */
public enum Verdict {
    /** Another model may well answer: go on to the next candidate. */
    NEXT,
    /** Every model would say the same: tell the caller. */
    STOP
}
