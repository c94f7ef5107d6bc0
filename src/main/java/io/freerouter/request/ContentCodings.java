package io.freerouter.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The codings that {@code Content-Encoding} names, of a request or a response (RFC 9110, 8.4). */
public final class ContentCodings {
    /** More than one coding has no use for senders, and each one multiplies what a small body can grow to. */
    private static final int MOST = 2;

    private ContentCodings() {}

    /**
     * The names in lower case, in the order in which the codings were applied; without {@code identity}, which changes nothing.
     *
     * @param headers the values of {@code Content-Encoding}
     * @return empty if there are more codings than anybody needs
     */
    public static Optional<List<String>> of(List<String> headers) {
        List<String> names = headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !name.equals("identity"))
                .map(name -> name.equals("x-gzip") ? "gzip" : name)
                .toList();
        return names.size() > MOST ? Optional.empty() : Optional.of(names);
    }
}
