package io.freerouter.cli;

import io.freerouter.cli.agents.Agent;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of an agent. */
final class AgentConverter implements ITypeConverter<Agent> {
    @Override
    public Agent convert(String word) {
        return Agent.named(word)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + word + "' is not among the agents: " + String.join(", ", Agent.words())));
    }

    /** What the Tab key offers. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Agent.words().iterator();
        }
    }
}
