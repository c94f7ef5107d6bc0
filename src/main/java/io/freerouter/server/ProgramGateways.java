package io.freerouter.server;

import io.freerouter.cli.Gateways;
import io.freerouter.cli.ProgramOptions;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The gateways that this program starts, in its own process. */
final class ProgramGateways implements Gateways {
    @Override
    public int serve(Map<String, String> properties) {
        set(properties);
        Environment.mistake().ifPresent(StartFailure::exit);
        Quarkus.run(null, ProgramGateways::exit);
        return 0;
    }

    private static void exit(Integer code, Throwable failure) {
        if (failure != null) {
            StartFailure.report(failure);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }

    @Override
    public void set(Map<String, String> properties) {
        properties.forEach(System::setProperty);
    }

    @Override
    public ProgramOptions options() {
        return CommandOptions.read().program();
    }

    @Override
    public URI configured() {
        return CommandOptions.read().gateway();
    }

    @Override
    public int temporary(Task task) {
        CommandOptions.check();
        System.setProperty("freerouter.http.host", "127.0.0.1");
        System.setProperty("freerouter.http.port", "0");
        System.setProperty("quarkus.log.console.stderr", "true");
        System.setProperty("quarkus.log.console.level", "ERROR");
        AtomicInteger exitCode = new AtomicInteger();
        TemporaryGateway.TASK.set(task);
        Quarkus.run(TemporaryGateway.class, (code, failure) -> {
            exitCode.set(code);
            if (failure != null && TemporaryGateway.failure().isEmpty()) {
                StartFailure.report(failure);
            }
        });
        TemporaryGateway.failure().ifPresent(failure -> {
            throw failure;
        });
        return exitCode.get();
    }
}
