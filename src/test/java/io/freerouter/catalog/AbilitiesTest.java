package io.freerouter.catalog;

import static io.freerouter.catalog.Ability.AUDIO;
import static io.freerouter.catalog.Ability.FILES;
import static io.freerouter.catalog.Ability.IMAGES;
import static io.freerouter.catalog.Ability.REASONING;
import static io.freerouter.catalog.Ability.RESPONSE_FORMAT;
import static io.freerouter.catalog.Ability.STRUCTURED_OUTPUTS;
import static io.freerouter.catalog.Ability.TOOLS;
import static io.freerouter.catalog.Ability.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbilitiesTest {
    private static final Set<String> NONE = Set.of("text");

    private static Abilities abilities(Optional<Set<String>> inputs, Optional<Set<String>> parameters) {
        return Abilities.of(Listings.taking(inputs, parameters));
    }

    @ParameterizedTest
    @CsvSource({"image, IMAGES", "audio, AUDIO", "video, VIDEO", "file, FILES"})
    void inputs_tell_what_it_takes(String input, Ability ability) {
        assertThat(abilities(Optional.of(Set.of("text", input)), Optional.of(NONE))
                        .all())
                .containsExactly(ability);
    }

    @ParameterizedTest
    @CsvSource({
        "tools, TOOLS",
        "response_format, RESPONSE_FORMAT",
        "reasoning, REASONING",
        "include_reasoning, REASONING",
        "reasoning_effort, REASONING"
    })
    void parameters_tell_what_it_heeds(String parameter, Ability ability) {
        assertThat(abilities(Optional.of(NONE), Optional.of(Set.of("seed", parameter)))
                        .all())
                .containsExactly(ability);
    }

    @Test
    void what_follows_a_schema_is_json() {
        assertThat(abilities(Optional.of(NONE), Optional.of(Set.of("structured_outputs")))
                        .all())
                .containsExactlyInAnyOrder(STRUCTURED_OUTPUTS, RESPONSE_FORMAT);
    }

    @Test
    void what_is_told_is_not_assumed() {
        assertThat(abilities(Optional.of(Set.of("image")), Optional.of(Set.of("tools")))
                        .assumed())
                .isEmpty();
    }

    @Test
    void without_inputs_it_is_taken_to_take_anything() {
        Abilities unknown = abilities(Optional.empty(), Optional.of(Set.of("tools")));

        assertThat(unknown.all()).containsExactlyInAnyOrder(TOOLS, IMAGES, AUDIO, VIDEO, FILES);
        assertThat(unknown.assumed()).containsExactlyInAnyOrder(IMAGES, AUDIO, VIDEO, FILES);
    }

    @Test
    void without_parameters_it_is_taken_to_heed_them_all() {
        Abilities unknown = abilities(Optional.of(Set.of("text", "image")), Optional.empty());

        assertThat(unknown.all())
                .containsExactlyInAnyOrder(IMAGES, TOOLS, RESPONSE_FORMAT, STRUCTURED_OUTPUTS, REASONING);
        assertThat(unknown.assumed()).containsExactlyInAnyOrder(TOOLS, RESPONSE_FORMAT, STRUCTURED_OUTPUTS, REASONING);
    }
}
