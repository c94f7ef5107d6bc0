package io.freerouter.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a request says of providers, and makes it say what the rules want: that nothing may be paid, and that nobody
 * may keep what is sent. Whatever else it says stays. Source: https://openrouter.ai/docs/guides/routing/provider-selection.
 */
final class ProviderScan {
    private static final Map<String, String> MAX_PRICE =
            Map.of("max_price", "{\"prompt\":0,\"completion\":0,\"request\":0,\"image\":0}");
    private static final Map<String, String> DENY = Map.of("data_collection", "\"deny\"");

    private final List<Wanted> all;
    private final List<Splice> splices = new ArrayList<>();
    private boolean found;
    private boolean isPrivate;

    /**
     * What has to be said to some models.
     *
     * @param members by name, with their JSON
     * @param when to whom
     */
    private record Wanted(Map<String, String> members, Splice.When when) {
        String json() {
            return members.entrySet().stream()
                    .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                    .collect(Collectors.joining(","));
        }

        Stream<Splice> only(Stream<Splice> changes) {
            return changes.map(change -> change.only(when));
        }
    }

    ProviderScan(DataCollection dataCollection) {
        Map<String, String> unguarded = dataCollection == DataCollection.DENY ? DENY : Map.of();
        Map<String, String> guarded = new LinkedHashMap<>(MAX_PRICE);
        guarded.putAll(unguarded);
        all = Stream.of(new Wanted(guarded, Splice.When.GUARDED), new Wanted(unguarded, Splice.When.UNGUARDED))
                .filter(wanted -> !wanted.members().isEmpty())
                .toList();
    }

    /** Reads one object, or null, to its end. */
    void read(JsonCursor json) throws IOException {
        found = true;
        if (json.type() == JsonType.NULL) {
            int from = json.start();
            int to = json.end();
            add(wanted -> Stream.of(Splice.replace(from, to, "{" + wanted.json() + "}")));
        } else {
            object(json);
        }
    }

    private void object(JsonCursor json) throws IOException {
        int inside = json.end();
        Map<Wanted, Cuts> cuts = all.stream().collect(Collectors.toMap(wanted -> wanted, wanted -> new Cuts()));
        while (json.nextMember()) {
            String name = json.name();
            int from = json.memberStart();
            isPrivate |= asksForPrivacy(name, json);
            json.skip();
            int to = json.end();
            cuts.forEach((wanted, cut) -> cut.part(from, to, !wanted.members().containsKey(name)));
        }
        add(wanted -> {
            Cuts own = cuts.get(wanted);
            Splice insert = Splice.insert(inside, wanted.json(), own.anyKept());
            return Stream.concat(Stream.of(insert), own.splices().stream());
        });
    }

    private static boolean asksForPrivacy(String name, JsonCursor json) throws IOException {
        return switch (name) {
            case "data_collection" -> json.text().filter("deny"::equals).isPresent();
            case "zdr" -> json.isTrue();
            default -> false;
        };
    }

    /** Whether the request itself says that nobody may keep what is sent. */
    boolean isPrivate() {
        return isPrivate;
    }

    private void add(Changes changes) {
        all.forEach(wanted -> wanted.only(changes.forThose(wanted)).forEach(splices::add));
    }

    private interface Changes {
        Stream<Splice> forThose(Wanted wanted);
    }

    /**
     * All changes.
     *
     * @param inside where the body's members begin
     */
    List<Splice> splices(int inside) {
        if (!found) {
            add(wanted -> Stream.of(Splice.insert(inside, "\"provider\":{" + wanted.json() + "}", true)));
        }
        return List.copyOf(splices);
    }
}
