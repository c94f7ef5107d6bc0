package io.freerouter.request;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.Dialect;
import io.freerouter.request.patch.Edit.When;
import java.util.Map;
import java.util.Set;

/** What requests of one dialect look like. Implementations are stateless. */
public interface RequestFormat {
    /** The dialect. */
    Dialect dialect();

    /** The name of the member without which there is no request, such as {@code messages}. */
    String required();

    /** What members of this dialect have to be, by name, beyond the members that all dialects have in common. */
    default Map<String, FieldType> fields() {
        return Map.of();
    }

    /**
     * What a model must be able to do to read a part of a message, by the part's type. Further needs are found while a request
     * is read: those that only this dialect knows by its {@link #reader}, tools and privacy by {@link BodyScan} for all dialects.
     */
    default Map<String, Ability> needsOfParts() {
        return Map.of();
    }

    /** Whether the caller runs tools of this type, although they are no functions. */
    default boolean isCallersTool(String type) {
        return false;
    }

    /** Whether a tool without a type is the caller's, and a choice among tools has only their names. */
    default boolean hasUntypedTools() {
        return false;
    }

    /** Whether only the named model may answer. */
    default boolean isForOneModel() {
        return false;
    }

    /** The names of the caller's headers that reach the upstream unchanged, in lower case. */
    default Set<String> forwardedHeaders() {
        return Set.of();
    }

    /** Begins to read one request. */
    MemberReader reader(RequestParts parts);

    /** Reads the members of one body that only its dialect knows, in the order of the body. */
    interface MemberReader {
        /**
         * Reads a member.
         *
         * @param json stands on its value; the value may be left unread, but not half read
         * @return for which models the member is taken out of the request
         * @throws InvalidRequestException if there can be no answer to a request with this member
         */
        When read(String name, JsonCursor json);
    }
}
