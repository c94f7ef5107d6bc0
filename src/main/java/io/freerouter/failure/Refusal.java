package io.freerouter.failure;

import io.freerouter.catalog.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Why a caller gets no answer. Each dialect says it in its own shape. */
public sealed interface Refusal {
    /**
     * Something to be said of each kind of refusal. Whoever says it of one has to say it of all: the compiler sees to it.
     *
     * @param <T> what is said
     */
    interface Cases<T> {
        /** See {@link Rejected}. */
        T rejected(Rejected refusal);

        /** See {@link AllFailed}. */
        T allFailed(AllFailed refusal);

        /** See {@link Alike}. */
        T alike(Alike refusal);

        /** See {@link QuotaSpent}. */
        T quotaSpent(QuotaSpent refusal);

        /** See {@link Unsuited}. */
        T unsuited(Unsuited refusal);

        /** See {@link TooLong}. */
        T tooLong(TooLong refusal);

        /** See {@link NoneFree}. */
        T noneFree(NoneFree refusal);

        /** See {@link OneFailed}. */
        T oneFailed(OneFailed refusal);

        /** See {@link NotEmbedding}. */
        T notEmbedding(NotEmbedding refusal);

        /** See {@link NoKey}. */
        T noKey(NoKey refusal);

        /** See {@link NoModels}. */
        T noModels(NoModels refusal);
    }

    /** What is to be said of this one. */
    <T> T in(Cases<T> cases);

    /**
     * The upstream refused the request itself; another model would not change that.
     *
     * @param model who was asked last
     * @param failure the refusal, with status and usually the upstream's own words
     * @param attempts how many models were asked, this one included
     */
    record Rejected(ModelId model, Failure failure, int attempts) implements Refusal {
        @Override
        public <T> T in(Cases<T> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * Every model that was asked failed.
     *
     * @param attempts all of them, in the order asked; never empty
     */
    record AllFailed(List<Attempt> attempts) implements Refusal {
        public AllFailed {
            attempts = List.copyOf(attempts);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.allFailed(this);
        }
    }

    /**
     * So many models refused it for the same reason, which is likely to be in the request or the account, that no other was
     * asked; or all there are did.
     *
     * @param reason what they have in common
     * @param attempts all of them, in the order asked; never empty
     */
    record Alike(FailureKind reason, List<Attempt> attempts) implements Refusal {
        public Alike {
            attempts = List.copyOf(attempts);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.alike(this);
        }
    }

    /**
     * The account has had all the requests its plan allows, as the upstream said or as we counted.
     *
     * @param window in which time
     * @param limit how many that are, if known
     * @param resetsAt when there will be more
     * @param attempts how many models were asked for this request before
     */
    record QuotaSpent(QuotaWindow window, OptionalLong limit, Instant resetsAt, int attempts) implements Refusal {
        @Override
        public <T> T in(Cases<T> cases) {
            return cases.quotaSpent(this);
        }
    }

    /**
     * No free model can do what the request needs.
     *
     * @param lacks what is needed, and who cannot do it; never empty
     */
    record Unsuited(List<Lack> lacks) implements Refusal {
        public Unsuited {
            lacks = List.copyOf(lacks);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.unsuited(this);
        }
    }

    /**
     * The request is too long for every model that was asked, and no larger one is left.
     *
     * @param attempts all of them, in the order asked; never empty
     * @param largestContext how many tokens the largest of them takes, 0 if unknown
     */
    record TooLong(List<Attempt> attempts, long largestContext) implements Refusal {
        public TooLong {
            attempts = List.copyOf(attempts);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.tooLong(this);
        }
    }

    /**
     * None of the models that the caller limited the request to is free.
     *
     * @param names as the caller wrote them; never empty
     */
    record NoneFree(List<String> names) implements Refusal {
        public NoneFree {
            names = List.copyOf(names);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.noneFree(this);
        }
    }

    /**
     * The only model that may answer failed.
     *
     * @param attempt the one that was made
     */
    record OneFailed(Attempt attempt) implements Refusal {
        @Override
        public <T> T in(Cases<T> cases) {
            return cases.oneFailed(this);
        }
    }

    /**
     * A request for embeddings names no free model for them.
     *
     * @param free those there are; may be empty
     */
    record NotEmbedding(List<ModelId> free) implements Refusal {
        public NotEmbedding {
            free = List.copyOf(free);
        }

        @Override
        public <T> T in(Cases<T> cases) {
            return cases.notEmbedding(this);
        }
    }

    /** There is no key for the upstream. */
    record NoKey() implements Refusal {
        @Override
        public <T> T in(Cases<T> cases) {
            return cases.noKey(this);
        }
    }

    /**
     * There is no model to ask.
     *
     * @param why what is known of the reason, in words of our own
     */
    record NoModels(String why) implements Refusal {
        @Override
        public <T> T in(Cases<T> cases) {
            return cases.noModels(this);
        }
    }
}
