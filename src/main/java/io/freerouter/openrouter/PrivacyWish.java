package io.freerouter.openrouter;

import com.fasterxml.jackson.databind.JsonNode;
import io.freerouter.failure.Failure;
import io.freerouter.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A request's own wish for more privacy than a model's providers grant (<a
 * href="https://openrouter.ai/docs/features/provider-routing">provider routing</a>). OpenRouter refuses it in the same
 * words as what the account's settings keep out.
 */
final class PrivacyWish {
    private PrivacyWish() {}

    /**
     * The failure, blamed on who caused it: if the request itself asks for privacy, the model does not grant it, and
     * another may.
     *
     * @param body what was sent; rendered only where it matters
     */
    static Failure blame(Failure failure, Supplier<byte[]> body) {
        return failure.kind() == FailureKind.PRIVACY && isIn(body.get()) ? notPrivate(failure) : failure;
    }

    private static Failure notPrivate(Failure failure) {
        return new Failure(
                FailureKind.NOT_PRIVATE,
                failure.status(),
                Optional.empty(),
                Optional.empty(),
                failure.provider(),
                OptionalLong.empty());
    }

    private static boolean isIn(byte[] body) {
        return Json.object(new String(body, StandardCharsets.UTF_8))
                .map(request -> request.path("provider"))
                .filter(PrivacyWish::isStrict)
                .isPresent();
    }

    private static boolean isStrict(JsonNode provider) {
        return "deny".equals(provider.path("data_collection").textValue())
                || provider.path("zdr").booleanValue();
    }
}
