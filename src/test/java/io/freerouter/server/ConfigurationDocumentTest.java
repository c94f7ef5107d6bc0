package io.freerouter.server;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    /** Option, short name or nothing, default or nothing. */
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(freerouter\\.[^`]+)` \\| (?:`([^`]+)`)? ?\\| (?:`([^`]+)`)? ?\\| \\S.*", Pattern.MULTILINE);

    @Test
    void every_option_is_documented_with_its_short_name_and_its_default() {
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(DeclaredOption.all());
    }

    @Test
    void a_failed_start_names_every_short_name() {
        Map<String, String> shortNames = DeclaredOption.all().stream()
                .filter(option -> !option.shortName().isEmpty())
                .collect(toMap(DeclaredOption::name, DeclaredOption::shortName));
        assertThat(StartFailure.SHORT_NAMES).isEqualTo(shortNames);
    }

    private static List<DeclaredOption> documented() {
        return ROW.matcher(document())
                .results()
                .map(row -> new DeclaredOption(row.group(1), text(row, 2), text(row, 3)))
                .toList();
    }

    private static String text(MatchResult row, int column) {
        return row.group(column) == null ? "" : row.group(column);
    }

    private static String document() {
        try {
            return Files.readString(Path.of("docs/configuration.md"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
