package io.freerouter.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogRowTest {
    private static JsonObject row(CatalogRow row) {
        return new JsonObject(CatalogRow.catalog(List.of(row)))
                .getJsonArray("data")
                .getJsonObject(0);
    }

    @Test
    void a_row_reads_text_and_calls_tools() {
        JsonObject json = row(CatalogRow.free("a/b:free", 9));

        assertThat(json.getJsonObject("architecture").getString("modality")).isEqualTo("text->text");
        assertThat(json.getJsonObject("architecture").getJsonArray("input_modalities"))
                .containsExactly("text");
        assertThat(json.getJsonArray("supported_parameters").contains("tools")).isTrue();
    }

    @Test
    void a_row_may_take_more_and_heed_less() {
        CatalogRow row =
                CatalogRow.free("a/b:free", 9).withInputs("text", "image").withParameters("seed");
        JsonObject architecture = row(row).getJsonObject("architecture");

        assertThat(architecture.getString("modality")).isEqualTo("text+image->text");
        assertThat(architecture.getJsonArray("input_modalities")).containsExactly("text", "image");
        assertThat(row(row).getJsonArray("supported_parameters")).containsExactly("seed");
        assertThat(row.contextLength()).isEqualTo(9);
    }
}
