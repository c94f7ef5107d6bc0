package io.freerouter.openrouter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.freerouter.openrouter.json.ExactJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCheckTest {
    private static boolean fits(String schema, String value) {
        return new SchemaCheck(ExactJson.tree(schema.replace('\'', '"')))
                .fits(ExactJson.tree(value.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "string|'a'|7",
                "integer|7|'7'",
                "integer|7.0|7.5",
                "integer|1e3|1e-3",
                "number|7.5|'7.5'",
                "boolean|true|'true'",
                "object|{}|[]",
                "array|[]|{}",
                "null|null|0"
            })
    void a_value_has_the_type_that_its_schema_names(String type, String good, String bad) {
        String schema = "{'type':'" + type + "'}";
        assertThat(fits(schema, good)).isTrue();
        assertThat(fits(schema, bad)).isFalse();
        assertThat(fits("{'type':['" + type + "']}", good)).isTrue();
        assertThat(fits("{'type':['" + type + "']}", bad)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'required':['a']}|{'a':null}|{'b':1}",
                "{'properties':{'a':{'type':'string'}}}|{'b':1}|{'a':1}",
                "{'properties':{'a':{}},'additionalProperties':{'type':'string'}}|{'a':1,'b':'x'}|{'b':1}",
                "{'items':{'type':'string'}}|['a']|['a',1]",
                "{'enum':['a',1]}|1.0|'b'",
                "{'const':'a'}|'a'|'b'",
                "{'anyOf':[{'type':'string'},{'type':'null'}]}|null|1",
                "{'oneOf':[{'type':'string'},{'enum':['a']}]}|'a'|1",
                "{'allOf':[{'type':'string'},{'enum':['a']}]}|'a'|'b'",
                "{'$ref':'#/$defs/a','$defs':{'a':{'type':'string'}}}|'x'|1",
                "{'properties':{'next':{'$ref':'#'}},'required':['a']}|{'a':1,'next':{'a':2}}|{'a':1,'next':{}}",
                "{'properties':{'a':false}}|{'b':1}|{'a':1}",
                "{'type':'string','nullable':true}|null|1"
            })
    void what_a_schema_asks_for_is_checked(String schema, String good, String bad) {
        assertThat(fits(schema, good)).isTrue();
        assertThat(fits(schema, bad)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'any'}|1",
                "{'type':[]}|1",
                "{'pattern':'^a$'}|'b'",
                "{'additionalProperties':false}|{'a':1}",
                "{'$ref':'#/nowhere'}|1",
                "{'$ref':'https://example.org/schema'}|1",
                "{'$ref':'#'}|1",
                "{'items':[{'type':'string'}]}|[1]",
                "true|1",
                "{'minimum':5}|1"
            })
    void what_is_not_understood_allows_every_value(String schema, String value) {
        assertThat(fits(schema, value)).isTrue();
    }

    @Test
    void a_tool_without_a_schema_takes_everything() {
        assertThat(new SchemaCheck(ExactJson.tree("")).fits(ExactJson.tree("{}")))
                .isTrue();
    }

    @Test
    void a_number_with_a_huge_exponent_is_checked_without_writing_it_out() {
        assertThat(fits("{'type':'integer','enum':[1]}", "1e999999")).isFalse();
        assertThat(fits("{'type':'integer'}", "1e999999")).isTrue();
    }
}
