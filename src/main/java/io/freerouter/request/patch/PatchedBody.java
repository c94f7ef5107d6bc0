package io.freerouter.request.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.RequestBody;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A caller's bytes, of which only the planned places change: all others go out as they came, and are not copied. */
public final class PatchedBody implements RequestBody {
    private final byte[] source;
    private final EditPlan plan;
    private final Predicate<ModelId> guarded;

    /**
     * @param source UTF-8; nobody changes it from now on
     * @param plan complete
     * @param guarded the models that the upstream is told must cost nothing
     */
    public PatchedBody(byte[] source, EditPlan plan, Predicate<ModelId> guarded) {
        this.source = source;
        this.plan = plan;
        this.guarded = guarded;
    }

    @Override
    public List<ByteBuffer> forModel(ModelId model, int ownFrom, long output) {
        Edit.Target target = new Edit.Target(quote(model.value()), guarded.test(model), ownFrom, output);
        List<ByteBuffer> segments = new ArrayList<>();
        int at = 0;
        for (Edit edit : plan.edits(target)) {
            if (edit.from() >= at) {
                add(segments, source, at, edit.from());
                byte[] replacement = edit.replacement().apply(target).getBytes(UTF_8);
                add(segments, replacement, 0, replacement.length);
                at = edit.to();
            }
        }
        add(segments, source, at, source.length);
        return segments;
    }

    private static void add(List<ByteBuffer> segments, byte[] bytes, int from, int to) {
        if (to > from) {
            segments.add(ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer());
        }
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
