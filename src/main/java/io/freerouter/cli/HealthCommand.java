package io.freerouter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks a gateway for its health. Containers use this command as their probe, so their images need neither a shell nor curl. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Ask the gateway that runs on this machine how it is. The exit code is 0 if all is well.")
final class HealthCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Parameters(
            arity = "0..1",
            defaultValue = "live",
            paramLabel = "CHECK",
            completionCandidates = Checks.class,
            description = "the check: live or ready (default: live)")
    private String check;

    /** For the Tab key; the gateway itself knows which checks it has. */
    static final class Checks extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Checks() {
            super(List.of("live", "ready"));
        }
    }

    @Override
    public Integer call() {
        GatewayClient gateway = new GatewayClient(parent.gateways().configured());
        GatewayClient.Response response = gateway.get("/health/" + check);
        if (response.status() == 200) {
            return 0;
        }
        throw new CommandException(response.url() + " answers " + response.status() + ": "
                + response.text().strip());
    }
}
