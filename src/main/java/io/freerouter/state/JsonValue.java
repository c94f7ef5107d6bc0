package io.freerouter.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A value in the state file, and where it stands there. Read with Jackson's streaming API alone, because loading Jackson's data
 * binding would take longer than all the rest of the reading. What is not as expected fails with {@link IllegalArgumentException}.
 *
 * @param parent what the value is a part of; null for the whole
 * @param name the value's name in its parent; null for an item of an array
 * @param value a map of values, a list of values, a text, a number, or a boolean
 */
record JsonValue(JsonValue parent, String name, Object value) {
    /** No count and no duration of the state comes near it. */
    private static final long MOST = 1_000_000_000_000L;

    /** The end of the year 9999. */
    private static final long LAST_MOMENT = 253_402_300_799_999L;

    /** The object that the bytes are. */
    static JsonValue read(JsonFactory factory, byte[] bytes) throws IOException {
        try (JsonParser json = factory.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("it is not an object of JSON");
            }
            JsonValue whole = new JsonValue(null, null, new LinkedHashMap<String, JsonValue>());
            whole.readMembers(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("something follows after its end");
            }
            return whole;
        }
    }

    private void readMembers(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String member = json.currentName();
            json.nextToken();
            map().put(member, read(json, member));
        }
    }

    private void readItems(JsonParser json) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items().add(read(json, null));
        }
    }

    /** The value that begins at the present token, as a part of this one. */
    private JsonValue read(JsonParser json, String member) throws IOException {
        switch (json.currentToken()) {
            case START_OBJECT -> {
                JsonValue object = part(member, new LinkedHashMap<String, JsonValue>());
                object.readMembers(json);
                return object;
            }
            case START_ARRAY -> {
                JsonValue array = part(member, new ArrayList<JsonValue>());
                array.readItems(json);
                return array;
            }
            case VALUE_STRING -> {
                return part(member, json.getText());
            }
            case VALUE_NUMBER_INT -> {
                return part(member, whole(json));
            }
            case VALUE_NUMBER_FLOAT -> {
                return part(member, json.getDoubleValue());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return part(member, json.getBooleanValue());
            }
            default -> throw part(member, null).isNo("value");
        }
    }

    private JsonValue part(String member, Object content) {
        return new JsonValue(this, member, content);
    }

    /** A number too large for a count may still be a decimal. */
    private static Number whole(JsonParser json) throws IOException {
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return json.getDoubleValue();
        }
        return json.getLongValue();
    }

    /** Where the value stands, for error messages. */
    private String path() {
        String above = parent == null ? "" : parent.path();
        if (name == null) {
            return above;
        }
        return above.isEmpty() ? name : above + "." + name;
    }

    @SuppressWarnings("unchecked")
    private Map<String, JsonValue> map() {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, JsonValue>) map;
        }
        throw isNo("object");
    }

    @SuppressWarnings("unchecked")
    private List<JsonValue> items() {
        if (value instanceof List<?> items) {
            return (List<JsonValue>) items;
        }
        throw isNo("array");
    }

    Map<String, JsonValue> members() {
        return map();
    }

    Optional<JsonValue> find(String member) {
        return Optional.ofNullable(map().get(member));
    }

    JsonValue member(String member) {
        return find(member)
                .orElseThrow(() -> new IllegalArgumentException(
                        "its value '" + part(member, null).path() + "' is missing"));
    }

    <T> List<T> list(Function<JsonValue, T> each) {
        return items().stream().map(each).toList();
    }

    List<Instant> moments() {
        return list(JsonValue::moment);
    }

    /** The items, two by two. */
    <T> List<T> pairs(BiFunction<JsonValue, JsonValue, T> each) {
        List<JsonValue> items = items();
        if (items.size() % 2 != 0) {
            throw isNo("array of pairs");
        }
        List<T> pairs = new ArrayList<>(items.size() / 2);
        for (int n = 0; n < items.size(); n += 2) {
            pairs.add(each.apply(items.get(n), items.get(n + 1)));
        }
        return pairs;
    }

    JsonValue item(int index) {
        if (index >= items().size()) {
            throw isNo("array of " + (index + 1) + " values or more");
        }
        return items().get(index);
    }

    String text() {
        if (value instanceof String text) {
            return text;
        }
        throw isNo("text");
    }

    boolean isTrue() {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw isNo("true or false");
    }

    /** A count or a number of milliseconds. */
    long number() {
        long number = anyNumber();
        if (number < 0 || number > MOST) {
            throw isNo("number from 0 to " + MOST);
        }
        return number;
    }

    long anyNumber() {
        if (value instanceof Long number) {
            return number;
        }
        throw isNo("whole number");
    }

    double decimal() {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw isNo("number");
    }

    Instant moment() {
        long millis = anyNumber();
        if (millis < 0 || millis > LAST_MOMENT) {
            throw isNo("moment before the year 10000");
        }
        return Instant.ofEpochMilli(millis);
    }

    private IllegalArgumentException isNo(String what) {
        return new IllegalArgumentException("its value '" + path() + "' is no " + what);
    }
}
