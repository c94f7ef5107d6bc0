package io.freerouter.quarkus;

import io.smallrye.config.ConfigMapping;

/** The options of the library in another Quarkus application. */
@ConfigMapping(prefix = "freerouter")
public interface LibraryConfig extends RoutingConfig {}
