package io.freerouter.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkMergerTest {
    private final EmbeddedChannel connection = new EmbeddedChannel(new ChunkMerger());

    @Test
    void what_comes_in_one_read_is_one_chunk() {
        read("data: a\n\n", "data: b\n\n", "data: c\n\n");
        read("data: d\n\n");

        assertThat(handedOn()).containsExactly("data: a\n\ndata: b\n\ndata: c\n\n", "data: d\n\n");
    }

    @Test
    void the_end_of_a_response_comes_after_its_chunks() {
        connection.writeOneInbound(chunk("a"));
        connection.writeOneInbound(chunk("b"));
        connection.writeOneInbound(LastHttpContent.EMPTY_LAST_CONTENT);

        assertThat(handedOn()).containsExactly("ab", "the end");
    }

    @Test
    void a_break_comes_after_the_chunks_before_it() {
        connection.writeOneInbound(chunk("a"));
        connection.writeOneInbound(chunk("b"));
        connection.close();

        assertThat(handedOn()).containsExactly("ab");
    }

    @Test
    void a_malformed_chunk_stays_apart() {
        HttpContent malformed = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
        malformed.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no length")));
        connection.writeOneInbound(chunk("a"));
        connection.writeOneInbound(malformed);
        connection.flushInbound();

        assertThat(handedOn()).containsExactly("a", "malformed");
    }

    @Test
    void a_pieceread_is_handed_on_in_pieces() {
        String piece = "x".repeat(40_000);
        read(piece, piece, piece);

        assertThat(handedOn()).containsExactly(piece + piece, piece);
    }

    private void read(String... chunks) {
        for (String text : chunks) {
            connection.writeOneInbound(chunk(text));
        }
        connection.flushInbound();
    }

    private static HttpContent chunk(String text) {
        return new DefaultHttpContent(Unpooled.copiedBuffer(text, UTF_8));
    }

    private List<String> handedOn() {
        List<String> all = new ArrayList<>();
        for (HttpContent chunk = connection.readInbound(); chunk != null; chunk = connection.readInbound()) {
            String text = chunk.decoderResult().isFailure()
                    ? "malformed"
                    : chunk.content().toString(UTF_8);
            all.add(chunk instanceof LastHttpContent ? "the end" : text);
            chunk.release();
        }
        return all;
    }
}
