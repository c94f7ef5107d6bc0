package io.freerouter.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Body;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A caller's bytes, of which only certain stretches are changed: all others go out as they came. */
final class SplicedBody implements Body {
    private final byte[] source;
    private final List<Splice> splices;

    /**
     * @param source UTF-8, not changed by anybody from now on
     * @param splices in the order of the bytes, none overlapping another
     */
    SplicedBody(byte[] source, List<Splice> splices) {
        this.source = source;
        this.splices = List.copyOf(splices);
    }

    @Override
    public byte[] forModel(ModelId model, int ownFrom) {
        List<byte[]> inserts = inserts(quote(model.value()));
        ByteBuffer out = ByteBuffer.allocate(length(inserts));
        int at = 0;
        for (int i = 0; i < splices.size(); i++) {
            Splice splice = splices.get(i);
            out.put(source, at, splice.from() - at).put(inserts.get(i));
            at = splice.to();
        }
        return out.put(source, at, source.length - at).array();
    }

    private List<byte[]> inserts(String quotedModel) {
        return splices.stream()
                .map(splice -> splice.render(quotedModel).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private int length(List<byte[]> inserts) {
        int gone =
                splices.stream().mapToInt(splice -> splice.to() - splice.from()).sum();
        int added = inserts.stream().mapToInt(insert -> insert.length).sum();
        return source.length - gone + added;
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
