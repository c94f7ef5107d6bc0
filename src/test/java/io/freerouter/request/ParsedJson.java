package io.freerouter.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** JSON as a parser reads it that keeps members given twice: whichever of them an upstream takes, it is here. */
sealed interface ParsedJson {
    /** An object's member. */
    record Member(String name, ParsedJson value) {}

    /** An object, with all its members. */
    record Obj(List<Member> inOrder) implements ParsedJson {}

    /** An array. */
    record Arr(List<ParsedJson> inOrder) implements ParsedJson {}

    /** A string. */
    record Text(String text) implements ParsedJson {}

    /** Anything else, as it is written. */
    record Other(String text) implements ParsedJson {}

    /** Parses one whole text. */
    static ParsedJson of(byte[] json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            ParsedJson value = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("More than one value");
            }
            return value;
        } catch (IOException notJson) {
            throw new IllegalArgumentException(notJson);
        }
    }

    private static ParsedJson value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new Text(parser.getText());
            default -> new Other(parser.getText());
        };
    }

    private static ParsedJson object(JsonParser parser) throws IOException {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new Member(name, value(parser)));
        }
        return new Obj(members);
    }

    private static ParsedJson array(JsonParser parser) throws IOException {
        List<ParsedJson> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new Arr(elements);
    }

    /** Its members, if it is an object. */
    default Stream<Member> members() {
        return this instanceof Obj object ? object.inOrder().stream() : Stream.of();
    }

    /** Its elements, if it is an array. */
    default Stream<ParsedJson> elements() {
        return this instanceof Arr array ? array.inOrder().stream() : Stream.of();
    }

    /** The values of all members of this name. */
    default List<ParsedJson> all(String name) {
        return members()
                .filter(member -> member.name().equals(name))
                .map(Member::value)
                .toList();
    }

    /** The texts of all members of this name. */
    default List<String> texts(String name) {
        return all(name).stream()
                .flatMap(value -> value instanceof Text text ? Stream.of(text.text()) : Stream.of())
                .toList();
    }

    /** This and all that is in it. */
    default Stream<ParsedJson> descendants() {
        Stream<ParsedJson> children = Stream.concat(members().map(Member::value), elements());
        return Stream.concat(Stream.of(this), children.flatMap(ParsedJson::descendants));
    }
}
