package io.freerouter.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.bootstrap.resolver.maven.MavenArtifactResolver;
import io.quarkus.maven.dependency.ArtifactCoords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.junit.jupiter.api.Test;

/** What comes with the library, seen from a project that depends on it. */
class DependenciesTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z0-9.-]+)` \\|", Pattern.MULTILINE);
    private static final Set<String> SCOPES = Set.of("compile", "runtime");

    private static List<Artifact> dependencies() throws Exception {
        MavenArtifactResolver maven =
                MavenArtifactResolver.builder().setOffline(true).build();
        ArtifactCoords project = maven.getMavenContext().getCurrentProjectArtifact("jar");
        Artifact library =
                new DefaultArtifact(project.getGroupId(), project.getArtifactId(), "jar", project.getVersion());
        CollectRequest consumer = new CollectRequest()
                .addDependency(new Dependency(library, "compile"))
                .setRepositories(maven.getRepositories());
        DependencyNode root = maven.getSystem()
                .collectDependencies(maven.getSession(), consumer)
                .getRoot();
        PreorderNodeListGenerator all = new PreorderNodeListGenerator();
        root.accept(all);
        return all.getDependencies(true).stream()
                .filter(dependency -> SCOPES.contains(dependency.getScope()))
                .map(Dependency::getArtifact)
                .filter(artifact -> !artifact.getArtifactId().equals(library.getArtifactId()))
                .toList();
    }

    private static Set<String> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("docs/library.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void the_document_lists_all_that_comes_with_the_library() throws Exception {
        Set<String> names =
                dependencies().stream().map(Artifact::getArtifactId).collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).isEqualTo(documented());
    }

    @Test
    void neither_quarkus_nor_a_container_comes_with_it() throws Exception {
        assertThat(dependencies())
                .extracting(Artifact::getGroupId)
                .noneMatch(group -> group.startsWith("io.quarkus") || group.startsWith("jakarta"));
    }
}
