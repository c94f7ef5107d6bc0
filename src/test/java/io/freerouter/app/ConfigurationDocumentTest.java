package io.freerouter.app;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationDocumentTest {
    /** Option, short name or nothing, default or nothing. */
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(freerouter\\.[^`]+)` \\| (?:`([^`]+)`)? ?\\| (?:`([^`]+)`)? ?\\| \\S.*", Pattern.MULTILINE);

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z_]+):(.*)}");

    @Test
    void every_option_is_documented_with_its_short_name_and_its_default() {
        assertThat(documented()).isEqualTo(declared(FreeRouterConfig.class, "freerouter"));
    }

    @Test
    void a_failed_start_names_every_short_name() {
        Map<String, String> shortNames = declared(FreeRouterConfig.class, "freerouter").entrySet().stream()
                .filter(option -> option.getValue().startsWith("$"))
                .collect(toMap(
                        Map.Entry::getKey,
                        option -> option.getValue().substring(1).split("=", 2)[0]));
        assertThat(StartFailure.SHORT_NAMES).isEqualTo(shortNames);
    }

    private static Map<String, String> documented() {
        return ROW.matcher(document())
                .results()
                .collect(toMap(row -> row.group(1), ConfigurationDocumentTest::value, (a, b) -> a + b, TreeMap::new));
    }

    private static String value(MatchResult row) {
        return value(row.group(2), row.group(3) == null ? "" : row.group(3));
    }

    private static String value(String shortName, String byDefault) {
        return shortName == null ? byDefault : "$" + shortName + "=" + byDefault;
    }

    private static Map<String, String> declared(Class<?> group, String prefix) {
        Map<String, String> options = new TreeMap<>();
        for (Method option : group.getDeclaredMethods()) {
            String name =
                    prefix + "." + option.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
            if (option.getReturnType().isInterface()) {
                options.putAll(declared(option.getReturnType(), name));
            } else {
                options.put(name, byDefault(option));
            }
        }
        return options;
    }

    private static String byDefault(Method option) {
        WithDefault declared = option.getAnnotation(WithDefault.class);
        String text = declared == null ? "" : declared.value();
        Matcher expression = EXPRESSION.matcher(text);
        return expression.matches() ? value(expression.group(1), expression.group(2)) : text;
    }

    private static String document() {
        try {
            return Files.readString(Path.of("docs/configuration.md"));
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
