package io.freerouter.cdi;

import io.smallrye.config.ConfigMapping;

/** The options of the library inside another Quarkus application. */
@ConfigMapping(prefix = "freerouter")
public interface LibraryConfig extends RoutingConfig {}
