package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.smallrye.mutiny.Uni;

/** Where catalogs come from. */
public interface CatalogSource {
    /** Reads a fresh catalog; any failure means that there is none to be had now. Starts on subscription. */
    Uni<Catalog> read();
}
