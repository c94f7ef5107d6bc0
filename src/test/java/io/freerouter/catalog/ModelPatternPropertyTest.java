package io.freerouter.catalog;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class ModelPatternPropertyTest {
    @Property(tries = 5000)
    void it_matches_as_the_same_regular_expression_does(
            @ForAll @Chars({'*', '/'}) @CharRange(from = 'a', to = 'b') @NotBlank @StringLength(min = 1, max = 8)
                    String pattern,
            @ForAll @Chars({'/', 'A'}) @CharRange(from = 'a', to = 'b') @StringLength(max = 10) String id) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(joining(".*"));

        assertThat(new ModelPattern(pattern).matches(id))
                .isEqualTo(id.toLowerCase(Locale.ROOT).matches(regex));
    }
}
