package io.freerouter.catalog;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The free models at one moment: an immutable snapshot, safe to share between threads. */
public final class Catalog {
    /** Suffixes by which OpenRouter picks another provider for the same model; {@code :online} is billed. */
    private static final List<String> DYNAMIC_SUFFIXES = List.of(":online", ":nitro", ":floor", ":exacto");

    private final Map<String, Model> models = new LinkedHashMap<>();
    /** By the id in lower case; without ids that differ in nothing but their case. */
    private final Map<String, Model> modelsInAnyCase;

    private final List<Model> all;
    private final Instant readAt;
    private final OptionalInt withheld;
    private final Optional<String> accountListFailure;
    private final List<LeftOutModel> leftOut;

    /**
     * A catalog that does not depend on the settings of an account.
     *
     * @param models free models in the upstream's order; of two with one id the first counts
     * @param readAt when the upstream was asked
     */
    public Catalog(List<Model> models, Instant readAt) {
        this(models, readAt, OptionalInt.empty(), Optional.empty());
    }

    /**
     * A catalog for an account.
     *
     * @param models free models in the upstream's order; of two with one id the first counts
     * @param readAt when the upstream was asked
     * @param withheld how many more free models the account's settings keep out; empty if unknown
     * @param accountListFailure why the account's own list could not be read, in words of our own; empty if it was read
     */
    public Catalog(List<Model> models, Instant readAt, OptionalInt withheld, Optional<String> accountListFailure) {
        this(models, readAt, withheld, accountListFailure, List.of());
    }

    private Catalog(
            List<Model> models,
            Instant readAt,
            OptionalInt withheld,
            Optional<String> accountListFailure,
            List<LeftOutModel> leftOut) {
        models.forEach(model -> this.models.putIfAbsent(model.id().value(), model));
        this.all = List.copyOf(this.models.values());
        this.modelsInAnyCase =
                all.stream()
                        .collect(Collectors.groupingBy(model -> lower(model.id().value())))
                        .entrySet()
                        .stream()
                        .filter(alike -> alike.getValue().size() == 1)
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, alike -> alike.getValue().get(0)));
        this.readAt = readAt;
        this.withheld = withheld;
        this.accountListFailure = accountListFailure;
        this.leftOut = List.copyOf(leftOut);
    }

    /** The same catalog, which also says which free models are not in it. */
    public Catalog leavingOut(List<LeftOutModel> others) {
        return new Catalog(all, readAt, withheld, accountListFailure, others);
    }

    /** All models, in the upstream's order. */
    public List<Model> models() {
        return all;
    }

    /** When the upstream was asked. */
    public Instant readAt() {
        return readAt;
    }

    /** How many more free models the account's privacy settings and provider lists keep out; empty if unknown. */
    public OptionalInt withheld() {
        return withheld;
    }

    /** Why the account's own list of models could not be read, so that the public list is used; empty if it was read. */
    public Optional<String> accountListFailure() {
        return accountListFailure;
    }

    /** Listed models that cost nothing but are not in this catalog, each with the reason, as far as they are known. */
    public List<LeftOutModel> leftOut() {
        return leftOut;
    }

    /** Whether this exact id is free. */
    public boolean contains(ModelId id) {
        return models.containsKey(id.value());
    }

    /** The model with exactly this id. */
    public Optional<Model> find(String id) {
        return Optional.ofNullable(models.get(id));
    }

    /** The model with this id, written in any case; empty if two ids differ in nothing else. */
    public Optional<Model> findInAnyCase(String id) {
        return find(id).or(() -> Optional.ofNullable(modelsInAnyCase.get(lower(id))));
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /**
     * The free model that a caller means by a name: the model with this id, or the {@code :free} variant of a paid model. A suffix
     * that asks for a way of routing ({@code :online}, {@code :nitro}, {@code :floor}, {@code :exacto}) is ignored. So is the case of the
     * name, because OpenRouter's ids are in lower case.
     *
     * @return empty for a name that leads to no free model, such as {@code auto}
     */
    public Optional<Model> resolve(String name) {
        String plain = withoutDynamicSuffix(name);
        return find(plain)
                .or(() -> find(plain + ModelId.FREE))
                .or(() -> findInAnyCase(plain))
                .or(() -> findInAnyCase(plain + ModelId.FREE));
    }

    /** In a loop, because a name may have several suffixes. */
    private static String withoutDynamicSuffix(String name) {
        int end = name.length();
        for (int suffix = dynamicSuffix(name, end); suffix > 0; suffix = dynamicSuffix(name, end)) {
            end -= suffix;
        }
        return name.substring(0, end);
    }

    /** The length of the suffix that ends there; 0 if there is none. */
    private static int dynamicSuffix(String name, int end) {
        for (String suffix : DYNAMIC_SUFFIXES) {
            if (name.regionMatches(true, end - suffix.length(), suffix, 0, suffix.length())) {
                return suffix.length();
            }
        }
        return 0;
    }
}
