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
        description = "Print a script for your shell, by which the Tab key completes commands and options.",
        footer = {
            "",
            "bash: add this line to ~/.bashrc, and open a new terminal:",
            "  source <(freerouter completion bash)",
            "zsh: add these lines to ~/.zshrc, and open a new terminal:",
            "  autoload -U compinit && compinit",
            "  source <(freerouter completion zsh)",
            "fish: run this once:",
            "  freerouter completion fish > ~/.config/fish/completions/freerouter.fish"
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

    @Parameters(paramLabel = "SHELL", description = "The shell: bash, zsh or fish.")
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
