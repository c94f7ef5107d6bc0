package io.freerouter.testing;

import io.freerouter.catalog.Ability;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelId;
import java.util.EnumSet;
import java.util.Set;

/** Models of which a test says only what matters to it. */
public final class TestModels {
    private static final Set<Ability> ALL = EnumSet.allOf(Ability.class);

    private TestModels() {}

    /** A model that can do everything. */
    public static Model able(
            ModelId id, String name, long created, long contextLength, long maxOutput, boolean router, double quality) {
        return new Model(id, name, created, contextLength, maxOutput, router, quality, ALL, ALL, "");
    }
}
