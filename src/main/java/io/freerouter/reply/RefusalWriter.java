package io.freerouter.reply;

import io.freerouter.catalog.ModelId;
import io.freerouter.engine.Dialect;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.FailureKind.Verdict;
import io.freerouter.failure.Refusal;
import io.freerouter.failure.Refusal.AllCoolingDown;
import io.freerouter.failure.Refusal.AllFailed;
import io.freerouter.failure.Refusal.CommonRefusal;
import io.freerouter.failure.Refusal.NoKey;
import io.freerouter.failure.Refusal.NoModels;
import io.freerouter.failure.Refusal.NoneFree;
import io.freerouter.failure.Refusal.NotEmbedding;
import io.freerouter.failure.Refusal.OneFailed;
import io.freerouter.failure.Refusal.QuotaSpent;
import io.freerouter.failure.Refusal.Rejected;
import io.freerouter.failure.Refusal.TooLong;
import io.freerouter.failure.Refusal.Unreachable;
import io.freerouter.failure.Refusal.Unsuited;
import io.freerouter.failure.UnmetNeed;
import io.freerouter.request.InvalidRequestException;
import io.freerouter.request.RequestFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Explains every refusal to the caller, in OpenAI's error shape: what happened, why, and what to do. Codes are OpenAI's where
 * clients act on them.
 */
public final class RefusalWriter {
    /** The message if the gateway has no key. */
    public static final String NO_KEY =
            "The gateway has no OpenRouter API key. Run 'freerouter login' where the gateway runs, or get a free key at"
                    + " https://openrouter.ai/keys and set OPENROUTER_API_KEY; then start the gateway again. To try the gateway"
                    + " without a key, set FREEROUTER_DEMO=true.";

    /** The code if the prompt is too long for every model. Agents shorten the conversation when they read it. */
    public static final String TOO_LONG = "context_length_exceeded";
    /** The code if the minute's requests are used up, or a model is rate-limited. */
    public static final String TOO_MANY = "rate_limit_exceeded";
    /** The type if the account's daily requests or its credit are used up. OpenAI's clients and agents stop when they read it. */
    public static final String QUOTA = "insufficient_quota";

    private static final int BAD_GATEWAY = 502;
    private static final int MOST_NAMES = 5;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_QUOTE = 300;

    private RefusalWriter() {}

    /** A request that cannot be read. */
    public static ErrorResponse badRequest(InvalidRequestException fault) {
        String param = fault.param().orElse(null);
        return new OpenAiError(fault.getMessage(), OpenAiError.INVALID_REQUEST, param, fault.code())
                .reply(400, RetryHeaders.silent());
    }

    /**
     * A request that got no answer.
     *
     * @param format the request's dialect
     * @param now the present moment
     */
    public static ErrorResponse refusal(Refusal refusal, RequestFormat format, Instant now) {
        return new Words(format, now).of(refusal);
    }

    /**
     * Any other error.
     *
     * @param status from 400 to 599
     * @param message for people; never a text from outside
     * @param code for programs
     */
    public static ErrorResponse error(int status, String message, String code) {
        return OpenAiError.of(status, message, code).reply(status, RetryHeaders.silent());
    }

    /**
     * An error that is over in a moment.
     *
     * @param seconds after how many seconds the request should be sent again
     */
    public static ErrorResponse passingError(int status, String message, String code, long seconds) {
        return OpenAiError.of(status, message, code)
                .reply(status, RetryHeaders.silent().after(seconds));
    }

    /** A request that comes while the gateway is being stopped. */
    public static ErrorResponse shuttingDown() {
        String message = "The gateway is shutting down and takes no new requests. Send the request again in a second.";
        return passingError(503, message, "shutting_down", 1);
    }

    /** An answer that broke off. The status only classifies the error, because the response has already begun with status 200. */
    static ErrorResponse broken(Failure failure) {
        String message = "The answer broke off after it had begun (" + failure.cause()
                + "), so it is incomplete. Send the request again.";
        return new OpenAiError(message, OpenAiError.UPSTREAM, null, "stream_broken")
                .reply(BAD_GATEWAY, RetryHeaders.silent());
    }

    /** The first names, each shortened if it is long, and the number of the other names. */
    private static String names(List<String> names) {
        String first = names.stream()
                .limit(MOST_NAMES)
                .map(name -> shortened(name, LONGEST_NAME))
                .collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }

    private static String shortened(String text, int longest) {
        return text.length() > longest ? text.substring(0, longest) + "…" : text;
    }

    /** The models in the order in which they were asked, and why each gave no answer. */
    private static String asked(List<FailedAttempt> attempts) {
        return attempts.stream()
                .map(attempt -> attempt.model() + " (" + attempt.failure().cause() + ")")
                .collect(Collectors.joining(", "));
    }

    /** An upstream's error as it came, if it is known. */
    private static Optional<ErrorResponse> asItCame(Failure failure, RetryHeaders headers) {
        return failure.reply()
                .map(reply -> new ErrorResponse(status(failure), reply.contentType(), reply.body(), headers.headers()));
    }

    /** The failure's status. An error inside a good response may have any number. */
    private static int status(Failure failure) {
        int status = failure.status().orElse(BAD_GATEWAY);
        return status >= 400 && status <= 599 ? status : BAD_GATEWAY;
    }

    /** OpenRouter's own message as a sentence to append; empty if it has no readable message. */
    private static String quote(Failure failure) {
        return failure.reply()
                .flatMap(reply -> ErrorBody.of(reply.body()).messageWithProvider())
                .map(said -> " OpenRouter says: " + shortened(said, LONGEST_QUOTE))
                .orElse("");
    }

    private static Failure last(List<FailedAttempt> attempts) {
        return attempts.get(attempts.size() - 1).failure();
    }

    /**
     * Each kind of refusal, in words.
     *
     * @param format the request's dialect
     * @param now the present moment
     */
    private record Words(RequestFormat format, Instant now) {
        private static final String PRIVACY = "The OpenRouter account's privacy settings exclude the free models. Open"
                + " https://openrouter.ai/settings/privacy and allow free endpoints that may train on inputs (model training)"
                + " and free endpoints that may publish prompts (publication).";

        private static final String CREDIT = "The OpenRouter account or its key has no credit left, so even free models"
                + " refuse it: the balance is negative, or the key has reached its limit. See"
                + " https://openrouter.ai/settings/credits and https://openrouter.ai/settings/keys.";

        ErrorResponse of(Refusal refusal) {
            if (refusal instanceof Rejected rejected) {
                return rejected(rejected);
            } else if (refusal instanceof AllFailed failed) {
                return allFailed(failed);
            } else if (refusal instanceof CommonRefusal common) {
                return commonRefusal(common);
            } else if (refusal instanceof QuotaSpent spent) {
                return QuotaSpentError.of(spent, now);
            } else if (refusal instanceof Unsuited unsuited) {
                return unsuited(unsuited);
            } else if (refusal instanceof TooLong tooLong) {
                return tooLong(tooLong);
            } else if (refusal instanceof NoneFree none) {
                return noneFree(none);
            } else if (refusal instanceof OneFailed failed) {
                return oneFailed(failed);
            } else if (refusal instanceof NotEmbedding named) {
                return notEmbedding(named);
            } else if (refusal instanceof NoKey) {
                return noKey();
            } else if (refusal instanceof Unreachable unreachable) {
                return unreachable(unreachable);
            } else if (refusal instanceof AllCoolingDown cooling) {
                return allCoolingDown(cooling);
            } else if (refusal instanceof NoModels none) {
                return noModels(none);
            }
            throw new IllegalStateException("There are no words for " + refusal);
        }

        /** OpenRouter, or several providers, refused the request itself. Their own words explain best what is wrong. */
        private ErrorResponse rejected(Rejected refusal) {
            Failure failure = refusal.failure();
            int attempts = refusal.attempts();
            return failure.kind() == FailureKind.ACCOUNT_CREDIT
                    ? credit(failure, attempts)
                    : asItCame(failure, RetryHeaders.silent().attempts(attempts))
                            .orElseGet(() -> rejectedWithoutWords(refusal));
        }

        private static ErrorResponse rejectedWithoutWords(Rejected refusal) {
            int status = status(refusal.failure());
            boolean byProvider = refusal.failure().kind() == FailureKind.REFUSED_BY_PROVIDER;
            String message = (byProvider
                            ? "The provider of " + refusal.model() + " refused the request"
                            : "OpenRouter refused the request to " + refusal.model())
                    + " (" + refusal.failure().cause() + ") and gave no reason that the gateway can read. "
                    + (byProvider
                            ? "Change the request, or name another model."
                            : "It would refuse the request to other models, too.");
            return OpenAiError.of(status, message, "upstream_rejected")
                    .reply(status, RetryHeaders.silent().attempts(refusal.attempts()));
        }

        private static ErrorResponse privacy(Failure last, int attempts) {
            return new OpenAiError(PRIVACY + quote(last), OpenAiError.INVALID_REQUEST, null, "privacy_settings")
                    .reply(404, RetryHeaders.never().attempts(attempts));
        }

        private static ErrorResponse credit(Failure last, int attempts) {
            return new OpenAiError(CREDIT + quote(last), QUOTA, null, "insufficient_credits")
                    .reply(402, RetryHeaders.never().attempts(attempts));
        }

        private ErrorResponse allFailed(AllFailed refusal) {
            List<FailedAttempt> attempts = refusal.attempts();
            Optional<Instant> ready = firstReady(attempts);
            String when = ready.map(at -> "in " + RetryHeaders.seconds(now, at) + " seconds")
                    .orElse("in a minute");
            String message =
                    "No free model answered: " + asked(attempts) + ". Try again " + when + ", or name another model.";
            return new OpenAiError(message, OpenAiError.UPSTREAM, null, "all_attempts_failed")
                    .reply(BAD_GATEWAY, RetryHeaders.never().after(ready, now), attempts);
        }

        /**
         * When the first model may be asked again. Empty if a failure names no time, because that model may be ready now. Empty
         * also if the account's requests are used up, because then no model may be asked.
         */
        private static Optional<Instant> firstReady(List<FailedAttempt> attempts) {
            List<Instant> known = attempts.stream()
                    .filter(attempt -> attempt.failure().kind().verdict() != Verdict.NO_MORE)
                    .flatMap(attempt -> attempt.failure().retryAt().stream())
                    .toList();
            return known.size() == attempts.size() ? known.stream().min(Instant::compareTo) : Optional.empty();
        }

        private ErrorResponse commonRefusal(CommonRefusal refusal) {
            List<FailedAttempt> attempts = refusal.attempts();
            Failure last = last(attempts);
            return switch (refusal.reason()) {
                case PRIVACY -> privacy(last, attempts.size());
                case CREDIT_REFUSED -> credit(last, attempts.size());
                case NOT_PRIVATE -> alike(404, NOT_PRIVATE, OpenAiError.INVALID_REQUEST, "privacy_settings", attempts);
                case NO_CREDIT -> alike(402, NO_CREDIT, QUOTA, "insufficient_credits", attempts);
                case OUTPUT_TOO_LONG -> alike(400, SHORTER, OpenAiError.INVALID_REQUEST, "no_suitable_model", attempts);
                default -> alike(400, UNSUITED, OpenAiError.INVALID_REQUEST, "no_suitable_model", attempts);
            };
        }

        private static final String NOT_PRIVATE =
                "The request allows only providers that keep no data. No free model that was asked has such a provider: %s."
                        + " Most providers of free models keep what they receive. Remove provider.data_collection, provider.zdr,"
                        + " X-FreeRouter-Data-Collection or freerouter.privacy.data-collection, whichever is set, or check what"
                        + " the account allows at https://openrouter.ai/settings/privacy.";

        private static final String NO_CREDIT =
                "Every free model that was asked wants credit: %s. If this happens again, the account has no credit: see"
                        + " https://openrouter.ai/settings/credits.";

        private static final String UNSUITED =
                "No free model that was asked accepts the request as it is: %s. Remove what few models"
                        + " support, such as a rare parameter or a restriction in provider, or name a model that supports it.";

        private static final String SHORTER =
                "Every free model that was asked gives only shorter answers: %s. Lower the"
                        + " answer's limit (max_tokens, max_completion_tokens or max_output_tokens), or leave the limit out.";

        private static ErrorResponse alike(
                int status, String message, String type, String code, List<FailedAttempt> attempts) {
            return new OpenAiError(message.formatted(asked(attempts)) + quote(last(attempts)), type, null, code)
                    .reply(status, RetryHeaders.never(), attempts);
        }

        private ErrorResponse unsuited(Unsuited refusal) {
            List<UnmetNeed> needs = refusal.unmetNeeds();
            boolean onlyLength = needs.stream().allMatch(UnmetNeed::ofLength);
            String message = "No free model can do all that the request needs: "
                    + needs.stream().map(Words::need).collect(Collectors.joining(", ")) + ". "
                    + (onlyLength
                            ? "Shorten the conversation."
                            : "Remove what the request can do without, or try again when other models are free.");
            return new OpenAiError(
                            message, OpenAiError.INVALID_REQUEST, null, onlyLength ? TOO_LONG : "no_suitable_model")
                    .reply(400, RetryHeaders.never());
        }

        private static String need(UnmetNeed need) {
            List<String> models = need.models().stream().map(ModelId::value).toList();
            return models.isEmpty() ? need.need() : need.need() + " (not offered by " + names(models) + ")";
        }

        /** Clients look for the sentence that begins with "This model's maximum context length". */
        private ErrorResponse tooLong(TooLong refusal) {
            List<FailedAttempt> attempts = refusal.attempts();
            String largest = refusal.largestContext() == 0
                    ? "It exceeds the maximum context length of each."
                    : "This model's maximum context length is " + refusal.largestContext()
                            + " tokens, which is the largest among them.";
            String message = "The prompt is too long for every free model asked: " + asked(attempts) + ". " + largest
                    + " Shorten the conversation.";
            return new OpenAiError(message, OpenAiError.INVALID_REQUEST, format.required(), TOO_LONG)
                    .reply(400, RetryHeaders.never(), attempts);
        }

        private ErrorResponse noneFree(NoneFree refusal) {
            String message = "None of the models that the request names is free: " + names(refusal.names())
                    + ". Name models that GET /v1/models lists, or add auto, so that the gateway may choose others.";
            return new OpenAiError(message, OpenAiError.INVALID_REQUEST, "model", "model_not_found")
                    .reply(404, RetryHeaders.never());
        }

        private static final String INCOMPARABLE = "vectors of different models cannot be compared.";
        /** The window of most providers' limits. */
        private static final Duration MINUTE = Duration.ofMinutes(1);

        private static final Set<FailureKind> LIMITED = EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.POOL_LIMITED);

        /** The gateway asked only one model, so the caller decides whether to ask it again. */
        private ErrorResponse oneFailed(OneFailed refusal) {
            Failure failure = refusal.attempt().failure();
            RetryHeaders headers = RetryHeaders.silent().attempts(1).after(failure.retryAt(), now);
            return asItCame(failure, headers)
                    .orElseGet(() -> LIMITED.contains(failure.kind())
                            ? oneLimited(refusal)
                            : oneFailed(refusal.attempt(), "Try again later.", headers));
        }

        /** Clients repeat a 429 at once if it names no time. */
        private ErrorResponse oneLimited(OneFailed refusal) {
            Instant ready =
                    refusal.attempt().failure().retryAt().or(refusal::readyAt).orElseGet(() -> now.plus(MINUTE));
            long seconds = RetryHeaders.seconds(now, ready);
            return oneFailed(
                    refusal.attempt(),
                    "Try again in " + seconds + " seconds.",
                    RetryHeaders.silent().attempts(1).after(seconds));
        }

        private ErrorResponse oneFailed(FailedAttempt attempt, String advice, RetryHeaders headers) {
            String why = format.dialect() == Dialect.EMBEDDINGS ? INCOMPARABLE : "the request names this one alone.";
            String message = "The model did not answer: " + asked(List.of(attempt))
                    + ". The gateway asked no other model, because " + why + " " + advice;
            boolean limited = LIMITED.contains(attempt.failure().kind());
            return new OpenAiError(
                            message,
                            limited ? OpenAiError.REQUESTS : OpenAiError.UPSTREAM,
                            null,
                            limited ? TOO_MANY : "all_attempts_failed")
                    .reply(limited ? 429 : BAD_GATEWAY, headers, List.of(attempt));
        }

        /** Names every free embedding model, because GET /v1/models does not list them. */
        private ErrorResponse notEmbedding(NotEmbedding refusal) {
            String free = refusal.free().stream().map(ModelId::value).collect(Collectors.joining(", "));
            OpenAiError error = free.isEmpty()
                    ? new OpenAiError(
                            "No embedding model is free at the moment. Use a model of another service, and always the same"
                                    + " model: "
                                    + INCOMPARABLE,
                            OpenAiError.INVALID_REQUEST,
                            "model",
                            "no_embedding_model")
                    : new OpenAiError(
                            "'model' must name a free embedding model, and always the same one: " + INCOMPARABLE
                                    + " There are: " + free + ".",
                            OpenAiError.INVALID_REQUEST,
                            "model",
                            "model_not_found");
            return error.reply(404, RetryHeaders.never());
        }

        private ErrorResponse noKey() {
            return new OpenAiError(NO_KEY, OpenAiError.AUTHENTICATION, null, "missing_api_key")
                    .reply(401, RetryHeaders.never());
        }

        private static final Set<FailureKind> UNSPENT = EnumSet.of(FailureKind.UNREACHABLE, FailureKind.UNPROCESSED);

        /** A network fault is often over in a moment, and little or no quota was used, so clients should ask again. */
        private ErrorResponse unreachable(Unreachable refusal) {
            List<FailedAttempt> attempts = refusal.attempts();
            boolean free = attempts.stream()
                    .allMatch(attempt -> UNSPENT.contains(attempt.failure().kind()));
            String message = "OpenRouter cannot be reached: " + asked(attempts) + "."
                    + (free ? " No request of the quota was used." : "")
                    + " Send the request again; if this goes on, check the network, the proxy and OPENROUTER_BASE_URL.";
            return new OpenAiError(message, OpenAiError.UPSTREAM, null, "upstream_unreachable")
                    .reply(503, RetryHeaders.silent().after(1), attempts);
        }

        private ErrorResponse allCoolingDown(AllCoolingDown refusal) {
            String message =
                    "Every free model that can serve the request is cooling down. The first can be asked again in "
                            + RetryHeaders.seconds(now, refusal.readyAt()) + " seconds. Send the request again then.";
            return new OpenAiError(message, OpenAiError.UPSTREAM, null, "models_cooling_down")
                    .reply(503, RetryHeaders.silent().attempts(0).after(Optional.of(refusal.readyAt()), now));
        }

        private ErrorResponse noModels(NoModels refusal) {
            return OpenAiError.of(503, "There is no free model to ask: " + refusal.why(), "no_models")
                    .reply(503, RetryHeaders.silent().after(5));
        }
    }
}
