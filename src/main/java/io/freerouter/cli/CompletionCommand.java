package io.freerouter.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that completes commands and options with the Tab key.",
        footer = {
            "",
            "bash, zsh: add to ~/.bashrc or ~/.zshrc:  source <(freerouter completion bash)",
            "fish: freerouter completion fish > ~/.config/fish/completions/freerouter.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that read the script. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        CommandLine root = spec.root().commandLine();
        out.print(shell == Shell.fish ? FishCompletion.of(root) : AutoComplete.bash("freerouter", root));
        out.flush();
        return 0;
    }
}
