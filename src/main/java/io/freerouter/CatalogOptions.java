package io.freerouter;

import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.ModelPattern;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Which free models there are: {@code freerouter.catalog.*}. */
public final class CatalogOptions {
    private Duration ttl = Duration.ofMinutes(10);
    private boolean previews;
    private List<ModelPattern> allow = List.of();
    private List<ModelPattern> deny = List.of();

    CatalogOptions() {}

    /**
     * How old the list of free models may grow before it is read again, in the background.
     *
     * @param age above zero; 10 minutes unless set
     * @return this
     */
    public CatalogOptions ttl(Duration age) {
        ttl = Checked.positive("catalog.ttl", age);
        return this;
    }

    /**
     * Whether previews count as free models, whose makers stay unknown and keep what is sent to them.
     *
     * @param count whether they do; they do not unless set
     * @return this
     */
    public CatalogOptions previews(boolean count) {
        previews = count;
        return this;
    }

    /**
     * The only models to be asked.
     *
     * @param patterns ids with {@code *} for any number of characters; none for all
     * @return this
     */
    public CatalogOptions allow(String... patterns) {
        allow = patterns(patterns);
        return this;
    }

    /**
     * Models not to be asked.
     *
     * @param patterns ids with {@code *} for any number of characters
     * @return this
     */
    public CatalogOptions deny(String... patterns) {
        deny = patterns(patterns);
        return this;
    }

    private static List<ModelPattern> patterns(String... texts) {
        return Stream.of(texts).map(ModelPattern::new).toList();
    }

    CatalogRules rules() {
        return new CatalogRules(previews, allow, deny);
    }

    Duration ttl() {
        return ttl;
    }
}
