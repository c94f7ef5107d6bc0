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
    private final PriceGuard guard;

    /**
     * @param source UTF-8, not changed by anybody from now on
     * @param splices in the order of the bytes, none overlapping another that is made with it
     * @param guard tells the models that could cost something
     */
    SplicedBody(byte[] source, List<Splice> splices, PriceGuard guard) {
        this.source = source;
        this.splices = List.copyOf(splices);
        this.guard = guard;
    }

    @Override
    public byte[] forModel(ModelId model, int ownFrom, long output) {
        Splice.Target to = new Splice.Target(quote(model.value()), guard.guards(model), ownFrom, output);
        return render(splices.stream().filter(splice -> splice.when().holds(to)).toList(), to);
    }

    private byte[] render(List<Splice> made, Splice.Target to) {
        List<byte[]> inserts = inserts(made, to);
        ByteBuffer out = ByteBuffer.allocate(length(made, inserts));
        int at = 0;
        for (int i = 0; i < made.size(); i++) {
            Splice splice = made.get(i);
            out.put(source, at, splice.from() - at).put(inserts.get(i));
            at = splice.to();
        }
        return out.put(source, at, source.length - at).array();
    }

    private static List<byte[]> inserts(List<Splice> made, Splice.Target to) {
        return made.stream()
                .map(splice -> splice.render(to).getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private int length(List<Splice> made, List<byte[]> inserts) {
        int gone = made.stream().mapToInt(splice -> splice.to() - splice.from()).sum();
        int added = inserts.stream().mapToInt(insert -> insert.length).sum();
        return source.length - gone + added;
    }

    private static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
