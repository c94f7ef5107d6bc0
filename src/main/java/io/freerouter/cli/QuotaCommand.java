package io.freerouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "quota",
        mixinStandardHelpOptions = true,
        description = "Show how much of the account's minute and day is used.")
final class QuotaCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "print the quota as JSON, as GET /v1/quota tells it")
    private boolean json;

    @Override
    public Integer call() {
        return parent.gateways().any(gateway -> {
            JsonNode quota = new GatewayClient(gateway).get("/v1/quota").json();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(quota);
            } else {
                out.println("minute  " + sentence(quota.path("minute")));
                out.println("day     " + sentence(quota.path("day")));
            }
            out.flush();
            return 0;
        });
    }

    private static String sentence(JsonNode window) {
        String used = window.path("limit").isNumber()
                ? window.path("used").asLong() + " of " + window.path("limit").asLong() + " requests used"
                : window.path("used").asLong() + " requests used, limit not known";
        long seconds = window.path("resets_in_seconds").asLong();
        return seconds == 0 ? used : used + ", full again in " + words(Duration.ofSeconds(seconds));
    }

    private static String words(Duration time) {
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        return time.toHours() == 0 ? time.toMinutes() + " min" : time.toHours() + " h " + time.toMinutesPart() + " min";
    }
}
