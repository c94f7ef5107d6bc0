package io.freerouter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the import table of ARCHITECTURE.md. A package that is not in it may not exist. */
class ArchitectureTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.freerouter");

    private static final String MUTINY = "io.smallrye.mutiny..";
    private static final String JACKSON = "com.fasterxml.jackson..";
    private static final String VERTX = "io.vertx.core..";
    private static final String NETTY = "io.netty..";
    private static final String LOGGING = "org.jboss.logging..";
    private static final String[] CORE = {"catalog", "failure", "routing"};

    private static void room(String name, String[] rooms, String... libraries) {
        classes()
                .that()
                .resideInAPackage("io.freerouter." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed("io.freerouter." + name + "..", rooms, libraries))
                .check(PROGRAM);
    }

    private static String[] allowed(String own, String[] rooms, String... libraries) {
        return Stream.of(
                        Stream.of("java..", own),
                        Stream.of(rooms).map(room -> "io.freerouter." + room + ".."),
                        Stream.of(libraries))
                .flatMap(packages -> packages)
                .toArray(String[]::new);
    }

    private static String[] core(String... more) {
        return Stream.concat(Stream.of(CORE), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void the_catalog_knows_nobody() {
        room("catalog", new String[] {});
    }

    @Test
    void failures_know_the_catalog() {
        room("failure", new String[] {"catalog"});
    }

    @Test
    void routing_is_plain_java() {
        room("routing", new String[] {"catalog", "failure"});
    }

    @Test
    void the_engine_is_the_core_set_in_motion_by_mutiny() {
        room("engine", core(), MUTINY);
    }

    @Test
    void requests_are_read_with_jackson_only() {
        room("request", core("engine"), JACKSON);
    }

    @Test
    void what_the_gateway_says_itself_is_written_with_jackson_only() {
        room("reply", core("engine", "request"), JACKSON);
    }

    @Test
    void a_dialect_is_jackson_only() {
        room("dialect", core("engine", "request", "reply"), JACKSON);
    }

    @Test
    void agents_reads_requests_only() {
        room("agents", core("engine", "request"), JACKSON);
    }

    @Test
    void the_upstream_edge_knows_no_server() {
        room("openrouter", core("engine", "request", "dialect"), MUTINY, JACKSON, VERTX, NETTY);
    }

    @Test
    void pieces_are_put_together_without_a_container() {
        room("gateway", core("engine", "settings", "openrouter"), VERTX);
    }

    @Test
    void settings_are_options_with_their_defaults_and_checks() {
        room("settings", core("engine", "request", "openrouter"));
    }

    @Test
    void what_is_behind_the_library_does_not_know_its_api() {
        room(
                "library",
                core("engine", "request", "dialect", "openrouter", "settings", "gateway", "demo"),
                MUTINY,
                JACKSON,
                VERTX);
    }

    @Test
    void the_library_needs_neither_server_nor_container() {
        classes()
                .that()
                .resideInAPackage("io.freerouter")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed(
                        "io.freerouter",
                        core("engine", "request", "reply", "dialect", "openrouter", "settings", "library"),
                        MUTINY,
                        JACKSON,
                        VERTX))
                .check(PROGRAM);
    }

    @Test
    void what_quarkus_applications_inject_is_options_and_a_bean() {
        classes()
                .that()
                .resideInAPackage("io.freerouter.cdi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed(
                        "io.freerouter",
                        core("engine", "request", "openrouter", "settings", "observe", "cdi"),
                        VERTX,
                        "jakarta.inject..",
                        "jakarta.enterprise.inject..",
                        "io.smallrye.config..",
                        "org.eclipse.microprofile.config..",
                        "io.quarkus.arc..",
                        "io.quarkus.runtime.configuration.."))
                .check(PROGRAM);
    }

    @Test
    void the_server_knows_no_upstream() {
        room(
                "server.http",
                core("engine", "request", "reply", "agents", "dialect", "observe", "page"),
                MUTINY,
                LOGGING,
                VERTX,
                "io.vertx.ext.web..",
                "io.netty..",
                "io.airlift.compress..",
                "io.quarkus.runtime",
                "io.quarkus.vertx.http",
                "jakarta.ws.rs..",
                "jakarta.enterprise.inject..",
                "jakarta.enterprise.event..",
                "jakarta.inject..",
                "org.jboss.resteasy.reactive..",
                "org.eclipse.microprofile.health..",
                "org.eclipse.microprofile.openapi.annotations..",
                "io.smallrye.common.annotation..");
    }

    @Test
    void observers_only_listen() {
        room("observe", core("engine", "reply"), JACKSON, LOGGING, "io.micrometer.core.instrument..");
    }

    @Test
    void what_lasts_is_records_of_the_core_in_a_file() {
        room("state", core(), JACKSON, LOGGING);
    }

    @Test
    void only_the_traces_know_opentelemetry() {
        room("trace", core("engine", "observe"), VERTX, LOGGING, "io.opentelemetry..");
        noClasses()
                .that()
                .resideOutsideOfPackage("io.freerouter.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(PROGRAM);
    }

    @Test
    void the_page_is_html_about_what_observers_know() {
        room("page", core("engine", "observe", "reply"), JACKSON, "io.quarkus.qute..");
    }

    @Test
    void the_command_line_speaks_http_and_knows_no_server() {
        room("cli", new String[] {}, JACKSON, "picocli..", "javax.net.ssl..", "sun.misc");
    }

    @Test
    void the_simulated_upstream_knows_no_gateway() {
        room("demo", new String[] {"catalog"}, VERTX);
    }

    @Test
    void there_are_no_other_rooms() {
        classes()
                .that()
                .resideOutsideOfPackage("io.freerouter")
                .should()
                .resideInAnyPackage(Stream.of(
                                "catalog",
                                "failure",
                                "routing",
                                "engine",
                                "engine.race",
                                "request",
                                "request.patch",
                                "request.free",
                                "reply",
                                "agents",
                                "dialect",
                                "dialect.chat",
                                "dialect.completions",
                                "dialect.responses",
                                "dialect.messages",
                                "dialect.embeddings",
                                "openrouter",
                                "openrouter.error",
                                "openrouter.json",
                                "openrouter.list",
                                "openrouter.tools",
                                "observe",
                                "state",
                                "trace",
                                "page",
                                "demo",
                                "settings",
                                "gateway",
                                "library",
                                "cdi",
                                "cli",
                                "cli.agents",
                                "server",
                                "server.http")
                        .map(room -> "io.freerouter." + room)
                        .toArray(String[]::new))
                .check(PROGRAM);
    }

    @Test
    void no_rooms_go_round_in_circles() {
        slices().matching("io.freerouter.(*)..").should().beFreeOfCycles().check(PROGRAM);
    }

    @Test
    void only_where_pieces_are_put_together_time_and_chance_are_known() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.freerouter.server..", "io.freerouter.gateway..")
                .should()
                .accessTargetWhere(oneOf("now", "currentTimeMillis", "nanoTime", "sleep", "random")
                        .and(owned("java..")))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(PROGRAM);
    }

    @Test
    void only_the_app_its_commands_and_the_library_for_code_that_waits_wait() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.freerouter.server..", "io.freerouter.cli..")
                .and()
                .haveNameNotMatching("io\\.freerouter\\.library\\.(Blocking.*|LibraryRouter)")
                .should()
                .accessTargetWhere(oneOf("await", "awaitIndefinitely", "asIterable", "asStream", "park", "parkNanos"))
                .orShould()
                .accessTargetWhere(oneOf("join", "get", "wait", "awaitTermination", "take")
                        .and(owned(
                                "java.util.concurrent.BlockingDeque",
                                "java.util.concurrent.CompletableFuture",
                                "java.util.concurrent.Future",
                                "java.lang.Thread",
                                "java.lang.Object")))
                .check(PROGRAM);
    }

    private static DescribedPredicate<JavaAccess<?>> oneOf(String... names) {
        Set<String> wanted = Set.of(names);
        return DescribedPredicate.describe(
                "the name is one of " + wanted,
                access -> wanted.contains(access.getTarget().getName()));
    }

    /** Classes by their full name, or packages by a name that ends in two dots. */
    private static DescribedPredicate<JavaAccess<?>> owned(String... owners) {
        return DescribedPredicate.describe("of " + String.join(", ", owners), access -> {
            String owner = access.getTargetOwner().getName();
            return Stream.of(owners)
                    .anyMatch(name -> name.endsWith("..")
                            ? owner.startsWith(name.substring(0, name.length() - 1))
                            : owner.equals(name));
        });
    }
}
