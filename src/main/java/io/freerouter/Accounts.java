package io.freerouter;

import io.freerouter.assembly.Assembly;
import io.freerouter.engine.AccountKeeper;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.QuotaGate;
import io.freerouter.engine.Router;
import io.freerouter.openrouter.OpenRouter;
import io.freerouter.openrouter.Secret;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.Quota;
import io.freerouter.routing.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A router for each key, as the quota is its account's; what is known of models is common to all. Keys that have not been
 * used for long are forgotten when there are many. Safe to use from any thread.
 */
final class Accounts {
    private static final int MOST = 256;

    private final OpenRouter upstream;
    private final Site site;
    private final Assembly assembly;
    private final CatalogKeeper catalogs;
    private final ModelHealth health;
    private final Ticker ticker;
    private final Map<Secret, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    /** A key's router and the gate of its quota. */
    record Account(Router router, QuotaGate gate) {}

    Accounts(
            OpenRouter upstream,
            Site site,
            Assembly assembly,
            CatalogKeeper catalogs,
            ModelHealth health,
            Ticker ticker) {
        this.upstream = upstream;
        this.site = site;
        this.assembly = assembly;
        this.catalogs = catalogs;
        this.health = health;
        this.ticker = ticker;
    }

    synchronized Account of(Secret key) {
        Account account = accounts.computeIfAbsent(key, this::create);
        if (accounts.size() > MOST) {
            accounts.remove(accounts.keySet().iterator().next());
        }
        return account;
    }

    private Account create(Secret key) {
        Quota quota = assembly.quota(site);
        AccountKeeper account = new AccountKeeper(upstream.account(key), quota, ticker);
        account.start();
        QuotaGate gate = assembly.gate(quota, account);
        return new Account(assembly.router(catalogs, upstream.chat(key), health, gate), gate);
    }
}
