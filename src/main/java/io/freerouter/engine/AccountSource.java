package io.freerouter.engine;

import io.smallrye.mutiny.Uni;

/** Who knows the account. */
public interface AccountSource {
    /** Reads the account's present state; any failure means that nothing is to be had now. Starts on subscription. */
    Uni<Account> read();
}
