package io.freerouter.failure;

/** What rests after a failure: what it speaks against, and roughly for how long. */
public enum Rests {
    /** Nothing: it does not speak against the model. */
    NOTHING,
    /** The model, briefly: it may only have been slow. */
    MODEL_BRIEFLY,
    /** The model. */
    MODEL,
    /** The model, and its provider's other models briefly. */
    MODEL_AND_PROVIDER,
    /** The model, for as long as any rests. */
    MODEL_LONG,
    /** The model, until the next catalog tells whether it is still listed. */
    MODEL_UNTIL_CATALOG,
    /** The model, for requests that nobody may keep. */
    PRIVATE_REQUESTS,
    /** The model, for requests that need all that this one needed. */
    SUCH_REQUESTS,
    /** The model, for requests that need all that this one needed and are at least as long. */
    SUCH_LONG_REQUESTS
}
