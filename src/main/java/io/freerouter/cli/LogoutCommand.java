package io.freerouter.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = {
            "Remove the key that 'freerouter login' has stored.",
            "The key stays valid until you delete it at https://openrouter.ai/keys."
        })
final class LogoutCommand implements Callable<Integer> {
    @ParentCommand
    private FreeRouterCommand parent;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ProgramOptions options = parent.gateways().options();
        CredentialsFile file = options.credentials();
        PrintWriter out = spec.commandLine().getOut();
        if (file.delete()) {
            out.println("Logged out: " + file.path() + " is removed. The key stays valid until you delete it at"
                    + " https://openrouter.ai/keys.");
        } else {
            out.println("You were not logged in: there is no " + file.path() + ".");
        }
        options.key()
                .filter(other -> !other.source().equals(file.path().toString()))
                .ifPresent(other -> out.println("Note: a key from " + other.source() + " is still used."));
        out.flush();
        return 0;
    }
}
