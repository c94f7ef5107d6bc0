package io.freerouter.catalog;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a listed model can do, by the inputs and the parameters that its listing names.
 *
 * @param all what the model can do. If the listing says nothing of an ability, the model is assumed to have it, because the
 *     upstream would refuse the request otherwise
 * @param assumed the abilities of which the listing says nothing
 */
record Abilities(Set<Ability> all, Set<Ability> assumed) {
    /** Abilities by inputs; one of the inputs is enough. */
    private static final Map<Ability, Set<String>> BY_INPUT = Map.of(
            Ability.IMAGES, Set.of("image"),
            Ability.AUDIO, Set.of("audio"),
            Ability.VIDEO, Set.of("video"),
            Ability.FILES, Set.of("file"));

    /** Abilities by parameters; one of the parameters is enough. */
    private static final Map<Ability, Set<String>> BY_PARAMETER = Map.of(
            Ability.TOOLS, Set.of("tools"),
            Ability.RESPONSE_FORMAT, Set.of("response_format", "structured_outputs"),
            Ability.STRUCTURED_OUTPUTS, Set.of("structured_outputs"),
            Ability.REASONING, Set.of("reasoning", "include_reasoning", "reasoning_effort"));

    static Abilities of(Listing listing) {
        Set<Ability> assumed = union(assumed(BY_INPUT, listing.inputs()), assumed(BY_PARAMETER, listing.parameters()));
        Set<Ability> listed = union(listed(BY_INPUT, listing.inputs()), listed(BY_PARAMETER, listing.parameters()));
        return new Abilities(union(listed, assumed), assumed);
    }

    private static Set<Ability> assumed(Map<Ability, Set<String>> table, Optional<Set<String>> words) {
        return words.isPresent() ? Set.of() : table.keySet();
    }

    private static Set<Ability> listed(Map<Ability, Set<String>> table, Optional<Set<String>> words) {
        return words.stream()
                .flatMap(known -> table.entrySet().stream()
                        .filter(row -> row.getValue().stream().anyMatch(known::contains))
                        .map(Map.Entry::getKey))
                .collect(toUnmodifiableSet());
    }

    private static Set<Ability> union(Set<Ability> one, Set<Ability> other) {
        return Stream.concat(one.stream(), other.stream()).collect(toUnmodifiableSet());
    }
}
