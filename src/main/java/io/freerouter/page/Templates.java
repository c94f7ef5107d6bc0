package io.freerouter.page;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.Variant;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page's templates, which stand beside its other resources. They are read when the page is first opened, so that a start
 * does not pay for them. A template that names something unknown fails (Qute's strict rendering).
 */
final class Templates {
    private static final String FOLDER = "/page/templates/";

    private Engine engine;

    /** The HTML of a template. */
    String render(String template, Map<String, Object> data) {
        return engine().getTemplate(template).data(data).render();
    }

    private synchronized Engine engine() {
        if (engine == null) {
            engine = Engine.builder()
                    .addDefaults()
                    .addValueResolver(new ReflectionValueResolver())
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .addLocator(Templates::locate)
                    .removeStandaloneLines(true)
                    .build();
        }
        return engine;
    }

    private static Optional<TemplateLocation> locate(String name) {
        return Templates.class.getResource(FOLDER + name + ".html") == null
                ? Optional.empty()
                : Optional.of(new Html(FOLDER + name + ".html"));
    }

    private record Html(String path) implements TemplateLocation {
        @Override
        public Reader read() {
            InputStream in = Templates.class.getResourceAsStream(path);
            return new InputStreamReader(in, StandardCharsets.UTF_8);
        }

        @Override
        public Optional<Variant> getVariant() {
            return Optional.of(Variant.forContentType(Variant.TEXT_HTML));
        }
    }
}
