package io.freerouter.settings;

import java.util.Map;
import java.util.TreeMap;

/** The environment of this process. */
public final class ProcessEnvironment {
    private ProcessEnvironment() {}

    /** The variables by their names. On Windows the case of a name does not count, so {@code Https_Proxy} is {@code HTTPS_PROXY}. */
    public static Map<String, String> variables() {
        return variables(System.getenv(), System.getProperty("os.name"));
    }

    static Map<String, String> variables(Map<String, String> variables, String system) {
        if (!system.startsWith("Windows")) {
            return variables;
        }
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(variables);
        return anyCase;
    }
}
