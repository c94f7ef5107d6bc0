package io.freerouter;

import io.freerouter.assembly.Assembly;
import io.freerouter.assembly.Settings;
import io.freerouter.assembly.VertxTicker;
import io.freerouter.engine.CatalogKeeper;
import io.freerouter.engine.ModelHealth;
import io.freerouter.engine.RouterListener;
import io.freerouter.openrouter.OpenRouter;
import io.freerouter.openrouter.Site;
import io.freerouter.routing.Ticker;
import io.freerouter.wire.RequestReader;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What a router is made in: things that are given to it, and those that it makes and therefore closes. */
final class Surroundings {
    Optional<Vertx> vertx = Optional.empty();
    Optional<Core> shared = Optional.empty();
    boolean demo;
    final List<RouterListener> listeners = new ArrayList<>();

    /** Makes a router. */
    FreeRouter router(Site configured, Settings settings) {
        Deque<Runnable> made = new ArrayDeque<>();
        Site site = demo ? simulated(configured, made) : configured;
        Vertx runner = vertx.or(() -> shared.map(Core::vertx)).orElseGet(() -> ownVertx(made));
        return new FreeRouter(
                core(runner, site, settings, made),
                new RequestReader(settings.requests()),
                () -> made.forEach(Runnable::run));
    }

    private Core core(Vertx runner, Site site, Settings settings, Deque<Runnable> made) {
        Ticker ticker = new VertxTicker(runner);
        Assembly assembly = new Assembly(settings, ticker, RouterListener.all(listeners));
        OpenRouter upstream = new OpenRouter(runner, site, ticker);
        made.push(upstream::close);
        ModelHealth health = shared.map(Core::health).orElseGet(assembly::health);
        CatalogKeeper catalogs =
                shared.map(Core::catalogs).orElseGet(() -> ownCatalogs(assembly, upstream, health, made));
        Underway underway = new Underway();
        Accounts accounts = new Accounts(upstream, site, assembly, catalogs, health, ticker);
        return new Core(
                runner,
                new Loops(runner, underway),
                underway,
                catalogs,
                health,
                accounts,
                site.key(),
                settings.paces(),
                new Failures(ticker));
    }

    private static CatalogKeeper ownCatalogs(
            Assembly assembly, OpenRouter upstream, ModelHealth health, Deque<Runnable> made) {
        CatalogKeeper catalogs = assembly.catalogs(upstream.catalog(assembly.policy()), health);
        made.push(catalogs::close);
        return catalogs;
    }

    private static Site simulated(Site configured, Deque<Runnable> made) {
        Demo simulated = Demo.start(newVertx());
        made.push(simulated::close);
        return simulated.site(configured);
    }

    private static Vertx ownVertx(Deque<Runnable> made) {
        Vertx own = newVertx();
        made.push(own::close);
        return own;
    }

    /** Nothing is served from files, so none are unpacked. */
    static Vertx newVertx() {
        FileSystemOptions files =
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
        return Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setFileSystemOptions(files));
    }
}
