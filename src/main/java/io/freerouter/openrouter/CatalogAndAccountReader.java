package io.freerouter.openrouter;

import io.freerouter.catalog.Catalog;
import io.freerouter.catalog.CatalogRules;
import io.freerouter.catalog.FreePolicy;
import io.freerouter.catalog.LeftOutModel;
import io.freerouter.catalog.Listing;
import io.freerouter.catalog.Model;
import io.freerouter.catalog.ModelPurpose;
import io.freerouter.engine.Account;
import io.freerouter.openrouter.list.KeyReader;
import io.freerouter.openrouter.list.ListingReader;
import io.freerouter.openrouter.list.MalformedResourceException;
import io.freerouter.routing.Ticker;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads OpenRouter's lists of models and the state of an account, for the server and the library alike. They differ only in the
 * {@link HttpGet} that sends the requests. Safe to use from any thread. Every {@code Uni} starts on subscription and fails with
 * {@link ResourceReadException}.
 */
public final class CatalogAndAccountReader {
    private static final int NOT_FOUND = 404;
    /** How long the account's own list may take before the public list is used without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpGet get;
    private final UpstreamEndpoint endpoint;
    private final FreePolicy chatPolicy;
    private final FreePolicy embeddingsPolicy;
    private final Ticker ticker;

    /**
     * Sends one GET request and reads its body. A connection that breaks, or is silent for {@link #TIMEOUT_MILLIS}, is tried
     * {@link #RETRIES} times more, {@link #PAUSE_MILLIS} apart. An upstream that cannot be reached is not tried again: it would
     * keep a caller waiting. Whatever the upstream answers is final: a refusal would be the same a moment later.
     */
    public interface HttpGet {
        /** How often a failed connection is tried again. */
        int RETRIES = 2;

        /** How long to wait before the next try, in milliseconds. */
        long PAUSE_MILLIS = 250;

        /** How long one try may take, in milliseconds. */
        long TIMEOUT_MILLIS = 10_000;

        /**
         * Reads a resource.
         *
         * @param key is shown to the upstream; empty to show none
         * @return the body; fails with {@link ResourceReadException}
         */
        Uni<byte[]> read(OpenRouterResource resource, Optional<Secret> key);
    }

    /** @param rules which of the free models are wanted */
    public CatalogAndAccountReader(HttpGet get, UpstreamEndpoint endpoint, CatalogRules rules, Ticker ticker) {
        this.get = get;
        this.endpoint = endpoint;
        this.chatPolicy = new FreePolicy(rules);
        this.embeddingsPolicy = new FreePolicy(rules, ModelPurpose.EMBEDDINGS);
        this.ticker = ticker;
    }

    /**
     * The free models that chat. With a key: those that the settings of its account allow, by the account's own list. The public
     * list is read as well: it tells how many models the settings keep out, and it is the catalog when the account's own list
     * cannot be read or leaves no free model. In the latter case OpenRouter's refusal of a request explains the settings.
     */
    public Uni<Catalog> models() {
        return endpoint.key().value().isBlank()
                ? listings(OpenRouterResource.MODELS)
                        .map(list -> new Catalog(free(list), ticker.now()).leavingOut(leftOut(list)))
                : Uni.combine()
                        .all()
                        .unis(accountModels(), outcome(OpenRouterResource.MODELS))
                        .with(this::merged);
    }

    /** The free models that answer with embeddings. An upstream without such a list has no such models. */
    public Uni<Catalog> embeddingModels() {
        return parsed(OpenRouterResource.EMBEDDING_MODELS, Optional.empty(), ListingReader::readAny)
                .onFailure(failure -> failure instanceof ResourceReadException failed
                        && failed.status().orElse(0) == NOT_FOUND)
                .recoverWithItem(List.of())
                .map(list -> {
                    Instant now = ticker.now();
                    return new Catalog(embeddingsPolicy.models(list, now), now);
                });
    }

    /** The present state of the account that this key belongs to. */
    public Uni<Account> account(Secret key) {
        return key.value().isBlank()
                ? Uni.createFrom().failure(() -> unread(OpenRouterResource.KEY, "there is no key to ask about"))
                : parsed(OpenRouterResource.KEY, Optional.of(key), KeyReader::read);
    }

    private Uni<List<Listing>> listings(OpenRouterResource resource) {
        boolean own = resource == OpenRouterResource.ACCOUNT_MODELS;
        return parsed(resource, own ? Optional.of(endpoint.key()) : Optional.empty(), ListingReader::read);
    }

    private <T> Uni<T> parsed(OpenRouterResource resource, Optional<Secret> key, Function<byte[], T> parser) {
        return Uni.createFrom()
                .deferred(() -> get.read(resource, key))
                .map(parser)
                .onFailure(MalformedResourceException.class)
                .transform(unreadable -> unread(resource, unreadable.getMessage()));
    }

    private ResourceReadException unread(OpenRouterResource resource, String reason) {
        return new ResourceReadException(resource, endpoint.baseUrl(), reason);
    }

    /** A list, or why there is none. */
    private record Outcome(List<Listing> list, Optional<Throwable> failure) {}

    private Uni<Outcome> outcome(OpenRouterResource resource) {
        return listings(resource)
                .map(list -> new Outcome(list, Optional.empty()))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(List.of(), Optional.of(failure)));
    }

    /** The account's own list, or why there is none. An endpoint that stays silent must not keep the first callers waiting. */
    private Uni<Outcome> accountModels() {
        Uni<Outcome> late = Uni.createFrom().emitter(emitter -> {
            ResourceReadException why =
                    unread(OpenRouterResource.ACCOUNT_MODELS, "no answer within " + PATIENCE.toSeconds() + " seconds");
            emitter.onTermination(
                    ticker.after(PATIENCE, () -> emitter.complete(new Outcome(List.of(), Optional.of(why)))));
        });
        return Uni.join()
                .first(outcome(OpenRouterResource.ACCOUNT_MODELS), late)
                .withItem();
    }

    private Catalog merged(Outcome account, Outcome everyone) {
        if (account.failure().isPresent() && everyone.failure().isPresent()) {
            throw (RuntimeException) everyone.failure().get();
        }
        List<Model> all = free(everyone.list());
        if (account.failure().isPresent()) {
            return new Catalog(
                            all,
                            ticker.now(),
                            OptionalInt.empty(),
                            account.failure().map(Throwable::getMessage))
                    .leavingOut(leftOut(everyone.list()));
        }
        Set<String> ids = ids(all);
        Set<String> priced = everyone.list().stream().map(Listing::id).collect(Collectors.toCollection(HashSet::new));
        priced.removeAll(ids);
        List<Model> allowed = free(account.list()).stream()
                .filter(model -> !priced.contains(model.id().value()))
                .toList();
        if (everyone.failure().isPresent()) {
            return new Catalog(allowed, ticker.now(), OptionalInt.empty(), Optional.empty())
                    .leavingOut(leftOut(account.list()));
        }
        ids.removeAll(ids(allowed));
        Catalog catalog = new Catalog(
                allowed.isEmpty() ? all : allowed, ticker.now(), OptionalInt.of(ids.size()), Optional.empty());
        return catalog.leavingOut(Stream.concat(
                        leftOut(everyone.list()).stream(),
                        all.stream()
                                .filter(model -> !catalog.contains(model.id()))
                                .map(model -> new LeftOutModel(model.id(), model.name(), LeftOutModel.Reason.ACCOUNT)))
                .toList());
    }

    private List<Model> free(List<Listing> list) {
        return chatPolicy.models(list, ticker.now());
    }

    private List<LeftOutModel> leftOut(List<Listing> list) {
        return chatPolicy.leftOut(list, ticker.now());
    }

    private static Set<String> ids(List<Model> models) {
        return models.stream().map(model -> model.id().value()).collect(Collectors.toCollection(HashSet::new));
    }
}
