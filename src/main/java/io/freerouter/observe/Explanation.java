package io.freerouter.observe;

import io.freerouter.catalog.ModelId;
import io.freerouter.failure.FailedAttempt;
import io.freerouter.failure.FailureKind;
import io.freerouter.failure.QuotaWindow;
import io.freerouter.failure.Refusal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a request got no answer, and what to do, for the person who runs the gateway. All words are our own: the caller may have
 * seen those of the upstream.
 *
 * @param error what happened and why, as a sentence
 * @param hints what can be done; may be empty
 */
record Explanation(String error, List<String> hints) {
    private static final int MOST_NAMES = 5;
    private static final int LONGEST_NAME = 100;
    private static final String PRIVACY = "Open https://openrouter.ai/settings/privacy and allow free endpoints.";
    private static final String CREDIT =
            "See https://openrouter.ai/settings/credits and https://openrouter.ai/settings/keys.";

    static Explanation of(Refusal refusal) {
        return Words.of(refusal);
    }

    /** What a single failure suggests, even if another model answered. */
    static List<String> hints(FailureKind kind) {
        return switch (kind) {
            case PRIVACY -> List.of(PRIVACY);
            case NO_CREDIT, CREDIT_REFUSED, ACCOUNT_CREDIT -> List.of(CREDIT);
            case UNREACHABLE -> List.of("Check the network, the proxy and OPENROUTER_BASE_URL.");
            case DAY_SPENT ->
                List.of("Wait until the day ends at midnight UTC, or buy credits for a larger daily limit.");
            default -> List.of();
        };
    }

    private static Explanation explained(String error, String... hints) {
        return new Explanation(error, List.of(hints));
    }

    private static final class Words {
        private Words() {}

        static Explanation of(Refusal refusal) {
            if (refusal instanceof Refusal.Rejected rejected) {
                return rejected(rejected);
            } else if (refusal instanceof Refusal.AllFailed failed) {
                return allFailed(failed);
            } else if (refusal instanceof Refusal.CommonRefusal common) {
                return commonRefusal(common);
            } else if (refusal instanceof Refusal.QuotaSpent spent) {
                return quotaSpent(spent);
            } else if (refusal instanceof Refusal.Unsuited unsuited) {
                return unsuited(unsuited);
            } else if (refusal instanceof Refusal.TooLong tooLong) {
                return tooLong(tooLong);
            } else if (refusal instanceof Refusal.NoneFree none) {
                return noneFree(none);
            } else if (refusal instanceof Refusal.OneFailed one) {
                return oneFailed(one);
            } else if (refusal instanceof Refusal.NotEmbedding not) {
                return notEmbedding(not);
            } else if (refusal instanceof Refusal.NoKey) {
                return noKey();
            } else if (refusal instanceof Refusal.Unreachable unreachable) {
                return unreachable(unreachable);
            } else if (refusal instanceof Refusal.AllCoolingDown cooling) {
                return allCoolingDown(cooling);
            }
            return noModels((Refusal.NoModels) refusal);
        }

        private static Explanation rejected(Refusal.Rejected refusal) {
            FailureKind kind = refusal.failure().kind();
            String why = "OpenRouter refused the request itself, so no other model was asked: " + refusal.model() + " ("
                    + refusal.failure().cause() + ").";
            List<String> hints = hints(kind);
            return hints.isEmpty()
                    ? explained(why, "The caller has OpenRouter's own words. Correct the request, or check the key.")
                    : new Explanation(why, hints);
        }

        private static Explanation allFailed(Refusal.AllFailed refusal) {
            return explained(
                    "No model answered: " + asked(refusal.attempts()) + ".",
                    "Send the request again in a minute, or name another model.");
        }

        private static Explanation commonRefusal(Refusal.CommonRefusal refusal) {
            List<String> hints = hints(refusal.reason());
            return new Explanation(
                    "The models that were asked refused for the same reason ("
                            + refusal.reason().words() + "): " + asked(refusal.attempts()) + ".",
                    hints.isEmpty() ? List.of(commonHint(refusal.reason())) : hints);
        }

        private static String commonHint(FailureKind reason) {
            return switch (reason) {
                case NOT_PRIVATE ->
                    "Allow providers that keep data: remove provider.data_collection, provider.zdr,"
                            + " X-FreeRouter-Data-Collection or freerouter.privacy.data-collection.";
                case OUTPUT_TOO_LONG -> "Lower the answer's limit, or leave it out.";
                default -> "Remove what few models support, such as a rare parameter.";
            };
        }

        private static Explanation quotaSpent(Refusal.QuotaSpent refusal) {
            boolean day = refusal.window() == QuotaWindow.DAY;
            return explained(
                    "The account's requests of this " + (day ? "day" : "minute") + " are used up until "
                            + refusal.resetsAt() + ".",
                    day
                            ? "Wait until then, or buy credits once for a larger daily limit."
                            : "Wait until then, or ask less often.");
        }

        private static Explanation unsuited(Refusal.Unsuited refusal) {
            return explained(
                    "No free model can do all that the request needs: "
                            + refusal.unmetNeeds().stream()
                                    .map(need -> need.need())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Remove what the request can do without, or shorten it.");
        }

        private static Explanation tooLong(Refusal.TooLong refusal) {
            return explained(
                    "The prompt is too long for every model that was asked: " + asked(refusal.attempts()) + ".",
                    "Shorten the conversation.");
        }

        private static Explanation noneFree(Refusal.NoneFree refusal) {
            return explained(
                    "None of the models that the request names is free: " + names(refusal.names()) + ".",
                    "Name a model of the list of models, or add auto.");
        }

        private static Explanation oneFailed(Refusal.OneFailed refusal) {
            return explained(
                    "The one model that the request allows failed: " + asked(List.of(refusal.attempt())) + ".",
                    "Send the request again later, or allow other models.");
        }

        private static Explanation notEmbedding(Refusal.NotEmbedding refusal) {
            return explained(
                    "The request names no free model for embeddings.",
                    refusal.free().isEmpty()
                            ? "No embedding model is free at the moment."
                            : "Name one of these: "
                                    + names(refusal.free().stream()
                                            .map(ModelId::value)
                                            .toList())
                                    + ".");
        }

        private static Explanation noKey() {
            return explained(
                    "The gateway has no OpenRouter API key.",
                    "Run 'freerouter login' and start the gateway again.",
                    "Or get a free key at https://openrouter.ai/keys and set OPENROUTER_API_KEY.",
                    "Or set FREEROUTER_DEMO=true to try the gateway without a key.");
        }

        private static Explanation unreachable(Refusal.Unreachable refusal) {
            return new Explanation(
                    "OpenRouter cannot be reached: " + asked(refusal.attempts()) + ".", hints(FailureKind.UNREACHABLE));
        }

        private static Explanation allCoolingDown(Refusal.AllCoolingDown refusal) {
            return explained(
                    "Every model that can serve the request is cooling down.",
                    "Send the request again at " + refusal.readyAt() + ", or end a model's cooldown.");
        }

        private static Explanation noModels(Refusal.NoModels refusal) {
            return explained(
                    "There is no free model to ask: " + refusal.why(), "The log says why the list cannot be read.");
        }

        private static String asked(List<FailedAttempt> attempts) {
            return attempts.stream()
                    .map(attempt -> attempt.model() + " (" + attempt.failure().cause() + ")")
                    .collect(Collectors.joining(", "));
        }

        private static String names(List<String> names) {
            String first = names.stream()
                    .limit(MOST_NAMES)
                    .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name)
                    .collect(Collectors.joining(", "));
            return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
        }
    }
}
