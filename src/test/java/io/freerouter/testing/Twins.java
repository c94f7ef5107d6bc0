package io.freerouter.testing;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives each {@link QuarkusTest} a twin: a subclass that is a {@link QuarkusIntegrationTest}, by which the same tests are
 * run against the program as it is packaged. Made from the compiled tests before the twins run, so none can be forgotten.
 */
public final class Twins {
    private Twins() {}

    /** @param arguments the directory of the compiled tests */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        List<Class<?>> tests = ReflectionSupport.findAllClassesInPackage(
                "io.freerouter", Twins::looksFromOutside, name -> name.endsWith("Test"));
        if (tests.isEmpty()) {
            throw new IllegalStateException("There is no @QuarkusTest in " + classes);
        }
        for (Class<?> test : tests) {
            twin(test, classes);
        }
    }

    /** Tests that have beans injected look into the program, and so have no twin. */
    private static boolean looksFromOutside(Class<?> type) {
        return type.isAnnotationPresent(QuarkusTest.class)
                && Stream.of(type.getDeclaredFields()).noneMatch(field -> field.isAnnotationPresent(Inject.class));
    }

    private static void twin(Class<?> test, Path classes) throws IOException {
        new ByteBuddy()
                .subclass(test)
                .name(test.getName().replaceAll("Test$", "TwinIT"))
                .annotateType(AnnotationDescription.Builder.ofType(QuarkusIntegrationTest.class)
                        .build())
                .make()
                .saveIn(classes.toFile());
    }
}
