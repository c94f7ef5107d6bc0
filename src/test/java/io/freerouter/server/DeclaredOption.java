package io.freerouter.server;

import io.freerouter.openrouter.Secret;
import io.freerouter.settings.Settings;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * An option as {@link FreeRouterConfig} declares it.
 *
 * @param shortName its other name in the environment; empty if it has none
 * @param byDefault as it is written; empty if there is no default
 */
public record DeclaredOption(String name, String shortName, String byDefault) {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([A-Z_]+):(.*)}");

    /** Every option of the program. */
    public static List<DeclaredOption> all() {
        return declared(FreeRouterConfig.class, "freerouter").toList();
    }

    /** The option of this name. */
    public static DeclaredOption named(String name) {
        return all().stream()
                .filter(option -> option.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no option " + name));
    }

    /** The names it goes by in the environment. */
    public Stream<String> variables() {
        String longName = name.replaceAll("[.-]", "_").toUpperCase();
        return shortName.isEmpty() ? Stream.of(longName) : Stream.of(longName, shortName);
    }

    private static Stream<DeclaredOption> declared(Class<?> group, String prefix) {
        return Arrays.stream(group.getMethods()).flatMap(option -> declared(option, prefix + "." + name(option)));
    }

    private static Stream<DeclaredOption> declared(Method option, String name) {
        return option.getReturnType().isInterface()
                ? declared(option.getReturnType(), name)
                : Stream.of(of(name, option.getAnnotation(WithDefault.class)));
    }

    private static String name(Method option) {
        WithName given = option.getAnnotation(WithName.class);
        return given == null ? dashed(option.getName()) : given.value();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase();
    }

    private static DeclaredOption of(String name, WithDefault declared) {
        String text = declared == null ? "" : declared.value();
        Matcher expression = EXPRESSION.matcher(text);
        String shortName = expression.matches() ? expression.group(1) : "";
        String byDefault = expression.matches() ? expression.group(2) : text;
        return new DeclaredOption(name, shortName, byDefault.isEmpty() ? standard(name) : byDefault);
    }

    /** The default of an option that server and library have in common; empty if there is none. */
    private static String standard(String name) {
        Object value = Settings.STANDARD;
        for (String part : name.replaceFirst("freerouter\\.(?:guard|privacy)\\.", "freerouter.upstream.")
                .split("\\.")) {
            value = part.equals("freerouter") ? value : component(value, part);
        }
        return text(value);
    }

    private static Object component(Object settings, String option) {
        return Stream.of(
                        settings == null
                                ? new RecordComponent[0]
                                : settings.getClass().getRecordComponents())
                .filter(component -> dashed(component.getName()).equals(option))
                .findFirst()
                .map(component -> ReflectionSupport.invokeMethod(component.getAccessor(), settings))
                .orElse(null);
    }

    private static String text(Object value) {
        if (value == null || value.equals(Optional.empty()) || value.equals(List.of())) {
            return "";
        } else if (value instanceof Duration time) {
            return time.toSeconds() + "s";
        } else if (value instanceof Secret key) {
            return key.value();
        } else if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
        return value.equals(OptionalInt.empty()) || value.equals(OptionalLong.empty()) ? "" : value.toString();
    }
}
