package io.freerouter.wire;

import io.freerouter.engine.Dialect;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that an agent makes for itself, which can be answered without a model. Each is known by the exact words that its
 * agent has been seen to use; whatever differs from them is a request like any other.
 */
public enum Chore {
    /** Claude Code asks for one token to see the headers of the answer. */
    QUOTA_PROBE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.maxTokens() == 1
                    && request.turns().size() == 1
                    && request.lastText().equals("quota");
        }

        @Override
        String answer(AgentRequest request) {
            return "OK";
        }
    },
    /** Claude Code asks whether a message begins a new topic, for the title of its window: it does not. */
    TOPIC {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.turns().size() == 1
                    && request.isTold("Analyze if this message indicates a new conversation topic.");
        }

        @Override
        String answer(AgentRequest request) {
            return "{\"isNewTopic\": false, \"title\": null}";
        }
    },
    /** Claude Code asks what its user may type next: nothing, which it asks to be told by silence. */
    SUGGESTION {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.lastText()
                            .startsWith("[SUGGESTION MODE: Suggest what the user might naturally type next into Claude"
                                    + " Code.]");
        }

        @Override
        String answer(AgentRequest request) {
            return "silence";
        }
    },
    /** OpenCode asks for a title of a conversation: the first line of what its user says. */
    TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.isTold("You are a title generator. You output ONLY a thread title.")
                    && !request.lastText().isBlank();
        }

        @Override
        String answer(AgentRequest request) {
            return Titles.line(request.lastText(), 50);
        }
    },
    /** Claude Code asks for a name of a session, as JSON: the first line of what its user says. */
    SESSION_TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.MESSAGES
                    && request.turns().size() == 1
                    && request.isTold("You are naming a coding session so the user can pick it out of a long list of"
                            + " sessions.")
                    && !Titles.session(request.lastText()).isBlank();
        }

        @Override
        String answer(AgentRequest request) {
            return Titles.json(Titles.session(request.lastText()), 50);
        }
    },
    /** Codex asks for a title of a task, as JSON: the first line of what its user says. */
    TASK_TITLE {
        @Override
        boolean is(AgentRequest request) {
            return request.dialect() == Dialect.RESPONSES
                    && request.asksForTitle()
                    && request.lastText()
                            .startsWith("Generate a concise, single-line task title of at most 36 characters")
                    && !Titles.prompt(request.lastText()).isBlank();
        }

        @Override
        String answer(AgentRequest request) {
            return Titles.json(Titles.prompt(request.lastText()), 36);
        }
    };

    /** Larger requests are not looked at: that would take longer than it could save. */
    private static final int LARGEST_BODY = 4 << 20;

    abstract boolean is(AgentRequest request);

    abstract String answer(AgentRequest request);

    /** How it is called in a header. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one that a request is; empty if it is none.
     *
     * @param body a body that has been read without a fault
     */
    public static Optional<Chore> of(Dialect dialect, byte[] body) {
        return body.length > LARGEST_BODY
                ? Optional.empty()
                : AgentRequest.read(dialect, body).flatMap(request -> Arrays.stream(values())
                        .filter(chore -> chore.is(request))
                        .findFirst());
    }

    /**
     * The answer in the request's dialect: JSON, or server-sent events.
     *
     * @param body a body that is this chore
     */
    public String answer(Dialect dialect, byte[] body, boolean stream) {
        String text = answer(AgentRequest.read(dialect, body).orElseThrow());
        return LocalAnswer.of(dialect, text, stream);
    }
}
