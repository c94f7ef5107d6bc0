package io.freerouter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Start the gateway, and run until Ctrl+C.",
            "Without a key, the gateway refuses chat: run 'freerouter login' first, or use --demo."
        },
        footer = {
            "",
            "Addresses, unless --host and --port name others:",
            "  http://127.0.0.1:8000/v1    for OpenAI clients",
            "  http://127.0.0.1:8000       for Anthropic clients; in a browser, it shows what",
            "                              the gateway does",
            "",
            "Examples:",
            "  freerouter serve",
            "  freerouter serve --port 9000 --strategy fallback",
            "  freerouter serve --demo"
        })
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Mixin
    private ServeOptions options;

    @Override
    public Integer call() {
        return parent.gateways().serve(options.properties());
    }
}
