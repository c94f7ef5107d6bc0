package io.freerouter.openrouter.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freerouter.openrouter.json.ExactJson;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ArgumentsRepairPropertyTest {
    private final ArgumentsRepair repair = new ArgumentsRepair(object -> true);

    private static JsonNode tree(Map<String, String> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach(object::put);
        object.putArray("list").add(true).addObject().put("deep", "}],\n");
        return object;
    }

    @Property
    void every_certain_repair_means_what_was_written(@ForAll("members") Map<String, String> members) {
        JsonNode object = tree(members);
        String json = object.toString();
        String inString = JsonNodeFactory.instance.textNode(json).toString();
        for (String broken : new String[] {
            json.replaceFirst("}$", ",}"), inString, "```json\n" + json + "\n```", json.replace("\\n", "\n")
        }) {
            ArgumentsRepair.Repaired repaired = repair.repair(broken).orElseThrow();
            assertThat(repaired.certain()).isTrue();
            assertThat(ExactJson.tree(repaired.json())).isEqualTo(object);
        }
    }

    @Property
    void whatever_is_repaired_is_an_object(
            @ForAll("members") Map<String, String> members, @ForAll @IntRange(max = 200) int length) {
        String json = tree(members).toString();
        String cut = json.substring(0, Math.min(length, json.length()));
        repair.repair(cut).ifPresent(repaired -> assertThat(ExactJson.object(repaired.json()))
                .isPresent());
    }

    @Property
    void any_text_at_all_is_either_repaired_to_an_object_or_left_alone(@ForAll String text) {
        repair.repair(text).ifPresent(repaired -> assertThat(ExactJson.object(repaired.json()))
                .isPresent());
    }

    @Property
    void a_cut_within_a_string_is_never_guessed(@ForAll("members") Map<String, String> members) {
        String json = tree(members).toString();
        String cut = json.substring(0, json.lastIndexOf("\"deep\"") + 9);
        assertThat(repair.repair(cut)).isEmpty();
    }

    @Provide
    Arbitrary<Map<String, String>> members() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("ab\"\\,{}[]: \n\t\u00e9").ofMaxLength(12);
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4), texts)
                .ofMaxSize(4);
    }
}
