package io.freerouter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(name = "serve", mixinStandardHelpOptions = true, description = "Start the server.")
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
