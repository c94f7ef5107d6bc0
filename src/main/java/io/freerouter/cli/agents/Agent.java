package io.freerouter.cli.agents;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The agents that the commands know. Their settings are those of {@code docs/clients.md}, see {@link ClientSettings}. */
public enum Agent {
    CLAUDE(
            "Claude Code",
            "claude",
            "npm install -g @anthropic-ai/claude-code",
            new Folder("~/.claude", "CLAUDE_CONFIG_DIR"),
            new Delivery.FileOption("--settings", false)),
    CODEX(
            "Codex",
            "codex",
            "npm install -g @openai/codex",
            new Folder("~/.codex", "CODEX_HOME"),
            new Delivery.ValueOptions("-c")),
    OPENCODE(
            "OpenCode",
            "opencode",
            "npm install -g opencode-ai",
            new Folder("~/.config", "XDG_CONFIG_HOME"),
            new Delivery.TextVariable("OPENCODE_CONFIG_CONTENT")),
    PI(
            "Pi",
            "pi",
            "npm install -g @earendil-works/pi-coding-agent",
            new Folder("~/.pi/agent", "PI_CODING_AGENT_DIR"),
            new Delivery.FolderVariable("PI_CODING_AGENT_DIR", "PI_CODING_AGENT_SESSION_DIR", "sessions")),
    QWEN(
            "Qwen Code",
            "qwen",
            "npm install -g @qwen-code/qwen-code",
            new Folder("~/.qwen", "QWEN_HOME"),
            new Delivery.FileVariable("QWEN_CODE_SYSTEM_SETTINGS_PATH", false)),
    COPILOT(
            "Copilot CLI",
            "copilot",
            "npm install -g @github/copilot",
            new Folder("~/.copilot", "COPILOT_HOME"),
            new Delivery.Variables()),
    KILO(
            "Kilo",
            "kilo",
            "npm install -g @kilocode/cli",
            new Folder("~/.config", "XDG_CONFIG_HOME"),
            new Delivery.TextVariable("KILO_CONFIG_CONTENT")),
    OPENCLAW(
            "OpenClaw",
            "openclaw",
            "npm install -g openclaw",
            new Folder("~/.openclaw", "OPENCLAW_STATE_DIR"),
            new Delivery.Impossible("OpenClaw runs in the background, so it needs lasting settings")),
    CLINE(
            "Cline",
            "cline",
            "npm install -g cline",
            new Folder("~/.cline/data", "CLINE_DATA_DIR"),
            new Delivery.FileVariable("CLINE_PROVIDER_SETTINGS_PATH", true)),
    CONTINUE(
            "Continue",
            "cn",
            "npm install -g @continuedev/cli",
            new Folder("~/.continue", "CONTINUE_GLOBAL_DIR"),
            new Delivery.FileOption("--config", true)),
    AIDER(
            "Aider, and whatever else takes OpenAI's settings",
            "aider",
            "python -m pip install aider-install && aider-install",
            new Folder("~", "HOME"),
            new Delivery.Variables());

    private final String heading;
    private final String program;
    private final String installation;
    private final Folder folder;
    private final Delivery delivery;

    Agent(String heading, String program, String installation, Folder folder, Delivery delivery) {
        this.heading = heading;
        this.program = program;
        this.installation = installation;
        this.folder = folder;
        this.delivery = delivery;
    }

    /**
     * Where an agent keeps its settings.
     *
     * @param documented as {@code docs/clients.md} writes it
     * @param variable the variable by which users move the folder
     */
    record Folder(String documented, String variable) {}

    /** How an agent takes settings for one run. */
    sealed interface Delivery {
        /** By the variables that the document exports. */
        record Variables() implements Delivery {}

        /** By a variable that holds the settings themselves. */
        record TextVariable(String name) implements Delivery {}

        /**
         * By a file that a variable names.
         *
         * @param isWhole whether the file stands in place of the user's own, so that it needs the user's settings as well
         */
        record FileVariable(String name, boolean isWhole) implements Delivery {}

        /**
         * By a file that an option names.
         *
         * @param isWhole as for {@link FileVariable}
         */
        record FileOption(String option, boolean isWhole) implements Delivery {}

        /** By an option for each value. */
        record ValueOptions(String option) implements Delivery {}

        /**
         * By a folder in place of the user's own, see {@link TemporaryAgentFolder}.
         *
         * @param name the variable that names the folder
         * @param sessions the variable that names the folder of conversations, which stays the user's
         * @param sessionsFolder that folder's name
         */
        record FolderVariable(String name, String sessions, String sessionsFolder) implements Delivery {}

        /** Not at all. */
        record Impossible(String why) implements Delivery {}
    }

    /** The agent of that name. */
    public static Optional<Agent> named(String word) {
        return Arrays.stream(values())
                .filter(agent -> agent.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** The names of all agents, in the order of the document. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Agent::word).toList();
    }

    /** The agent's name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The agent's own name. */
    public String title() {
        return heading.replaceFirst(",.*", "");
    }

    /** The program's name, which the agent is started by. */
    public String program() {
        return program;
    }

    /** What installs the agent. */
    public String installation() {
        return installation;
    }

    /** The agent's heading in {@code docs/clients.md}, without the sign that tells how it was tried. */
    String heading() {
        return heading;
    }

    Folder folder() {
        return folder;
    }

    Delivery delivery() {
        return delivery;
    }
}
