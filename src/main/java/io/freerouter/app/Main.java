package io.freerouter.app;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the server, or with the argument {@code health} asks one how it is. A start that fails says why in one line where
 * the user can mend it.
 */
@QuarkusMain
public final class Main {
    Main() {}

    /** The program's entry. */
    public static void main(String... arguments) {
        if (HealthProbe.wanted(arguments)) {
            System.exit(HealthProbe.run(arguments));
        }
        Quarkus.run(null, Main::exit, arguments);
    }

    private static void exit(Integer code, Throwable failure) {
        if (failure != null) {
            StartFailure.report(failure);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
