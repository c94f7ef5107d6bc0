package io.freerouter.dialect.chat;

import io.freerouter.catalog.Ability;
import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.Edit.When;

/**
 * Reads whether a chat completion asks for thoughts, and for how many (<a
 * href="https://openrouter.ai/docs/guides/best-practices/reasoning-tokens">reasoning tokens</a>). That is a need in chat
 * completions and completions only: agents ask for thoughts in each request of the other dialects, whichever model they talk
 * to, and models that cannot think answer all the same.
 */
public final class Reasoning {
    private static final String NONE = "none";

    private final RequestParts parts;

    public Reasoning(RequestParts parts) {
        this.parts = parts;
    }

    /** Reads a member if it is about thoughts, and returns for which models it is removed. */
    public When read(String name, JsonCursor json) {
        return switch (name) {
            case "reasoning" -> readObject(json);
            case "reasoning_effort" -> {
                needIf(isEffort(json));
                yield When.NEVER;
            }
            default -> parts.limits().thoughts(name, json);
        };
    }

    private When readObject(JsonCursor json) {
        if (json.type() != JsonType.OBJECT) {
            return When.NEVER;
        }
        boolean wanted = false;
        boolean declined = false;
        while (json.nextMember()) {
            switch (json.name()) {
                case "enabled" -> {
                    wanted |= json.isTrue();
                    declined |= json.isFalse();
                }
                case "effort" -> {
                    wanted |= isEffort(json);
                    declined |= isNone(json);
                }
                case "max_tokens" -> wanted |= parts.limits().budget(json) > 0;
                default -> {}
            }
            json.skip();
        }
        needIf(wanted && !declined);
        return parts.limits().noRoomForThoughts();
    }

    private static boolean isEffort(JsonCursor json) {
        return json.type() == JsonType.STRING && !isNone(json);
    }

    private static boolean isNone(JsonCursor json) {
        return json.text().filter(NONE::equals).isPresent();
    }

    private void needIf(boolean wanted) {
        if (wanted) {
            parts.prompt().need(Ability.REASONING);
        }
    }
}
