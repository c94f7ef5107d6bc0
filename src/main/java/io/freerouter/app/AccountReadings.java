package io.freerouter.app;

import io.freerouter.engine.Account;
import io.freerouter.engine.AccountSource;
import io.freerouter.openrouter.KeyReader;
import io.freerouter.openrouter.Site;
import io.freerouter.openrouter.SmallBody;
import io.freerouter.openrouter.UnreadableAccount;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * The account as OpenRouter has it, asked each time: its numbers are of use only while they are new. A connection that
 * fails is tried again, an answer that is of no use is not.
 */
@Singleton
class AccountReadings implements AccountSource {
    private final OpenRouterApi openRouter;
    private final Site site;

    AccountReadings(OpenRouterApi openRouter, Site site) {
        this.openRouter = openRouter;
        this.site = site;
    }

    @Override
    public Uni<Account> read() {
        return site.key().value().isBlank()
                ? Uni.createFrom().failure(new UnreadableAccount("There is no key to ask about"))
                : asked();
    }

    @Retry(
            maxRetries = 2,
            delay = 250,
            jitter = 100,
            abortOn = {UnreadableAccount.class, SmallBody.TooLarge.class, WebApplicationException.class})
    @Timeout(10_000)
    Uni<Account> asked() {
        return SmallBody.read(openRouter.key("Bearer " + site.key().value()), KeyReader.MAX_BYTES)
                .map(KeyReader::read);
    }
}
