package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageRecordsTest {
    /** Neither is named by a template. */
    private static final Set<String> ELSEWHERE = Set.of("Page$Visit", "Asset", "Templates$Html", "Waterfall$Scale");

    @Test
    void the_native_executable_keeps_every_record_that_a_template_can_name() {
        List<String> records = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.freerouter.page")
                        .stream()
                        .filter(type -> type.isRecord())
                        .map(type -> type.getName())
                        .filter(name -> !ELSEWHERE.contains(name.substring("io.freerouter.page.".length())))
                        .toList();
        Class<?>[] kept =
                PageRecords.class.getAnnotation(RegisterForReflection.class).targets();
        assertThat(kept).extracting(Class::getName).containsExactlyInAnyOrderElementsOf(records);
    }
}
