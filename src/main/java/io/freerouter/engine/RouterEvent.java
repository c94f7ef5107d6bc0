package io.freerouter.engine;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.ModelId;
import io.freerouter.failure.Failure;
import io.freerouter.routing.QuotaState;
import io.freerouter.routing.Spent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What a {@link RouterListener} is told. Carries no text from callers or upstreams. */
public sealed interface RouterEvent {
    /** A model is asked; {@code attempt} counts from 1 within the request. */
    record Asked(long request, int attempt, ModelId model) implements RouterEvent {}

    /** An attempt failed; the model rests until the given moment, if at all. */
    record Failed(long request, int attempt, ModelId model, Failure failure, Optional<Instant> restsUntil)
            implements RouterEvent {}

    /** A model answers: a whole answer is here, or the first token of a stream. */
    record Answered(long request, int attempt, ModelId model) implements RouterEvent {}

    /** An attempt was cancelled: another model answered first, or the caller left. That says nothing of the model. */
    record Cancelled(long request, int attempt, ModelId model) implements RouterEvent {}

    /** A stream broke after its first token; the caller has been told. */
    record Broke(long request, ModelId model, Failure failure, Optional<Instant> restsUntil) implements RouterEvent {}

    /** A stream came to its proper end. */
    record Ended(long request, ModelId model) implements RouterEvent {}

    /** The caller left before it had its whole answer. */
    record Left(long request) implements RouterEvent {}

    /** The account was charged for an answer, in credits, although its model is listed as free; it is not asked again. */
    record Charged(long request, ModelId model, BigDecimal amount) implements RouterEvent {}

    /** An answer calls tools in a way that its caller cannot use. */
    record Unusable(long request, ModelId model) implements RouterEvent {}

    /** Few of the account's requests of this day are left. */
    record QuotaLow(QuotaState state) implements RouterEvent {}

    /** The upstream has refused an attempt since one of the account's limits is used up. */
    record QuotaRefused(Spent spent) implements RouterEvent {}

    /** A catalog was read. */
    record CatalogRead(Catalog catalog) implements RouterEvent {}

    /** A catalog could not be read; the last one, if there is one, stays in use. */
    record CatalogMissed(Throwable cause, Optional<Catalog> kept) implements RouterEvent {}
}
