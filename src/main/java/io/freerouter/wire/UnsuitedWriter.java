package io.freerouter.wire;

import static java.util.stream.Collectors.joining;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Lack;
import io.freerouter.failure.Refusal.Unsuited;
import java.util.List;

/** Tells what a request needs that no free model can do, or none that can do the rest. */
final class UnsuitedWriter {
    private UnsuitedWriter() {}

    static ErrorReply write(Unsuited refusal) {
        List<Lack> lacks = refusal.lacks();
        String needs = lacks.stream().map(UnsuitedWriter::words).collect(joining(", "));
        String message = "No free model can do all that the request needs: " + needs + ".";
        String code = lacks.stream().allMatch(Lack::ofLength) ? ErrorShape.TOO_LONG : "no_suitable_model";
        return new ErrorShape(message, ErrorShape.INVALID_REQUEST, null, code).reply(400, RetryHeaders.never());
    }

    private static String words(Lack lack) {
        List<String> models = lack.models().stream().map(ModelId::value).toList();
        return models.isEmpty() ? lack.need() : lack.need() + " (beyond " + Enumeration.of(models) + ")";
    }
}
