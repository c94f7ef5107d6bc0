package io.freerouter.dialect.completions;

import io.freerouter.dialect.chat.Reasoning;
import io.freerouter.engine.Dialect;
import io.freerouter.request.FieldType;
import io.freerouter.request.NestedContent;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.Edit.When;
import java.util.Map;

/** Requests for OpenAI's older completions of a text (https://platform.openai.com/docs/api-reference/completions). */
public final class CompletionsRequestFormat implements RequestFormat {
    private static final String PROMPT = "prompt";
    private static final Map<String, FieldType> FIELDS = Map.of(PROMPT, FieldType.REQUIRED_TEXT_OR_ARRAY);

    @Override
    public Dialect dialect() {
        return Dialect.COMPLETIONS;
    }

    @Override
    public String required() {
        return PROMPT;
    }

    @Override
    public Map<String, FieldType> fields() {
        return FIELDS;
    }

    @Override
    public MemberReader reader(RequestParts parts) {
        Reasoning reasoning = new Reasoning(parts);
        return (name, json) -> {
            switch (name) {
                case PROMPT -> NestedContent.read(json, parts.prompt());
                case "response_format" -> parts.readAnswerForm(json);
                default -> {
                    return reasoning.read(name, json);
                }
            }
            return When.NEVER;
        };
    }
}
