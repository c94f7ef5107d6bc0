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
        description = {
            "Ask the gateway on this machine whether it is well. Made for probes of containers.",
            "The exit code is 0 if all is well, and 1 if not or if no gateway runs. 'freerouter doctor' says more."
        })
final class HealthCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Parameters(
            arity = "0..1",
            defaultValue = "live",
            paramLabel = "CHECK",
            completionCandidates = Checks.class,
            description = "live: the gateway runs (the default). ready: it also has a key and models.")
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
