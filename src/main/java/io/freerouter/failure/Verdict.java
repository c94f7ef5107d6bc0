package io.freerouter.failure;

/** What a failed attempt means for the request it was made for. */
public enum Verdict {
    /** Another model may well answer: go on to the next candidate. */
    NEXT,
    /** No model would be let answer any more: ask no other. One that was asked before may still answer. */
    NO_MORE,
    /** Every model would say the same: tell the caller. */
    STOP
}
