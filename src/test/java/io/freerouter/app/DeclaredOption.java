package io.freerouter.app;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        return Arrays.stream(group.getMethods()).flatMap(option -> declared(option, prefix + "." + dashed(option)));
    }

    private static Stream<DeclaredOption> declared(Method option, String name) {
        return option.getReturnType().isInterface()
                ? declared(option.getReturnType(), name)
                : Stream.of(of(name, option.getAnnotation(WithDefault.class)));
    }

    private static String dashed(Method option) {
        return option.getName().replaceAll("([A-Z])", "-$1").toLowerCase();
    }

    private static DeclaredOption of(String name, WithDefault declared) {
        String text = declared == null ? "" : declared.value();
        Matcher expression = EXPRESSION.matcher(text);
        return expression.matches()
                ? new DeclaredOption(name, expression.group(1), expression.group(2))
                : new DeclaredOption(name, "", text);
    }
}
