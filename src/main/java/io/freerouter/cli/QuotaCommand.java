package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        description = {
            "Show how many requests of this minute and of this day the account has used.",
            "OpenRouter limits requests to free models by the minute and by the day. Showing the quota uses no request."
        })
final class QuotaCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the quota as JSON, as GET /v1/quota does.")
    private boolean json;

    @Override
    public Integer call() {
        return parent.gateways().any(gateway -> {
            JsonNode quota = new GatewayClient(gateway).get("/v1/quota").json();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(quota);
            } else {
                out.println("minute  " + QuotaWords.sentence(quota.path("minute")));
                out.println("day     " + QuotaWords.sentence(quota.path("day")));
            }
            out.flush();
            return 0;
        });
    }
}
