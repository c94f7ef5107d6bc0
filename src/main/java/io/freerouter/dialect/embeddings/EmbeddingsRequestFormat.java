package io.freerouter.dialect.embeddings;

import io.freerouter.engine.Dialect;
import io.freerouter.request.FieldType;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.NestedContent;
import io.freerouter.request.RequestFormat;
import io.freerouter.request.RequestParts;
import io.freerouter.request.patch.Edit.When;
import java.util.Map;

/** Requests for OpenAI's embeddings (https://platform.openai.com/docs/api-reference/embeddings). */
public final class EmbeddingsRequestFormat implements RequestFormat {
    private static final String INPUT = "input";
    private static final Map<String, FieldType> FIELDS = Map.of(INPUT, FieldType.REQUIRED_TEXT_OR_ARRAY);

    @Override
    public Dialect dialect() {
        return Dialect.EMBEDDINGS;
    }

    @Override
    public String required() {
        return INPUT;
    }

    @Override
    public Map<String, FieldType> fields() {
        return FIELDS;
    }

    /** The vectors of different models cannot be compared. */
    @Override
    public boolean isForOneModel() {
        return true;
    }

    @Override
    public MemberReader reader(RequestParts parts) {
        parts.prompt().leaveUncounted();
        return (name, json) -> {
            if (name.equals(INPUT)) {
                NestedContent.read(json, parts.prompt());
            } else if (name.equals("stream") && json.isTrue()) {
                String message = "'stream' must be false or left out: embeddings come as a whole.";
                throw InvalidRequestException.field("stream", "unsupported_parameter", message);
            }
            return When.NEVER;
        };
    }
}
