package io.freerouter.cdi;

import io.freerouter.FreeRouter;
import io.freerouter.FreeRouterBuilder;
import io.freerouter.engine.RouterListener;
import io.freerouter.observe.LogLines;
import io.quarkus.arc.DefaultBean;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * What other Quarkus applications get by {@code @Inject FreeRouter}: one router, made at its first use from the application's
 * {@code freerouter.*} properties. It runs on the application's Vert.x, logs what happens, and notifies every bean of the type
 * {@link RouterListener}.
 */
@Singleton
class FreeRouterBean {
    @Produces
    @Singleton
    @DefaultBean
    FreeRouter router(LibraryConfig config, Instance<Vertx> vertx, Instance<RouterListener> listeners) {
        FreeRouterBuilder builder = FreeRouter.builder()
                .settings(ConfiguredSettings.of(config))
                .demo(config.demo().orElse(false))
                .listener(new LogLines());
        if (vertx.isResolvable()) {
            builder.vertx(vertx.get());
        }
        listeners.forEach(builder::listener);
        return builder.build();
    }

    void close(@Disposes FreeRouter router) {
        router.close();
    }
}
