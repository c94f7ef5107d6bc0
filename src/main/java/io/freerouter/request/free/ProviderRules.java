package io.freerouter.request.free;

import io.freerouter.request.JsonCursor;
import io.freerouter.request.JsonType;
import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;
import io.freerouter.request.patch.ElementRemoval;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a request's {@code provider} demand that nothing is paid and, if the rules want it, that no provider keeps what is
 * sent. Its other members stay. Source: https://openrouter.ai/docs/guides/routing/provider-selection.
 */
public final class ProviderRules {
    private static final Map<String, String> MAX_PRICE =
            Map.of("max_price", "{\"prompt\":0,\"completion\":0,\"request\":0,\"image\":0}");
    private static final Map<String, String> DENY = Map.of("data_collection", "\"deny\"");
    private static final Map<DataCollection, List<Demand>> DEMANDS = new EnumMap<>(Map.of(
            DataCollection.ALLOW, demands(DataCollection.ALLOW), DataCollection.DENY, demands(DataCollection.DENY)));

    private final EditPlan plan;
    private final List<Demand> demands;
    private boolean found;
    private boolean isPrivate;

    /**
     * What {@code provider} has to say for some models.
     *
     * @param members by name, with their JSON
     * @param json the members as JSON
     * @param when for which models
     */
    private record Demand(Map<String, String> members, String json, When when) {
        Demand(Map<String, String> members, When when) {
            this(
                    members,
                    members.entrySet().stream()
                            .map(member -> '"' + member.getKey() + "\":" + member.getValue())
                            .collect(Collectors.joining(",")),
                    when);
        }
    }

    /** @param plan takes the changes */
    public ProviderRules(DataCollection dataCollection, EditPlan plan) {
        this.plan = plan;
        this.demands = DEMANDS.get(dataCollection);
    }

    private static List<Demand> demands(DataCollection dataCollection) {
        Map<String, String> unguarded = dataCollection == DataCollection.DENY ? DENY : Map.of();
        Map<String, String> guarded = new LinkedHashMap<>(MAX_PRICE);
        guarded.putAll(unguarded);
        return Stream.of(new Demand(guarded, When.GUARDED), new Demand(unguarded, When.UNGUARDED))
                .filter(demand -> !demand.members().isEmpty())
                .toList();
    }

    /** Reads one object, or null, to its end. */
    public void read(JsonCursor json) {
        found = true;
        if (json.type() == JsonType.NULL) {
            int from = json.start();
            int to = json.end();
            demands.forEach(demand ->
                    plan.add(Edit.replace(from, to, "{" + demand.json() + "}").only(demand.when())));
        } else {
            readObject(json);
        }
    }

    private void readObject(JsonCursor json) {
        int inside = json.end();
        Map<Demand, ElementRemoval> replaced = demands.stream()
                .collect(Collectors.toMap(
                        demand -> demand, demand -> new ElementRemoval(), (a, b) -> a, LinkedHashMap::new));
        while (json.nextMember()) {
            String name = json.name();
            isPrivate |= asksForPrivacy(name, json);
            json.skip();
            replaced.forEach((demand, members) -> members.part(
                    json.memberStart(), json.end(), !demand.members().containsKey(name)));
        }
        replaced.forEach((demand, members) -> {
            plan.add(Edit.insert(inside, demand.json(), members.anyStays()).only(demand.when()));
            plan.add(members, demand.when());
        });
    }

    private static boolean asksForPrivacy(String name, JsonCursor json) {
        return switch (name) {
            case "data_collection" -> json.text().filter("deny"::equals).isPresent();
            case "zdr" -> json.isTrue();
            default -> false;
        };
    }

    /** Whether the request itself says that nobody may keep what is sent. */
    public boolean isPrivate() {
        return isPrivate;
    }

    /**
     * Adds {@code provider} if the request has none.
     *
     * @param inside where the body's members begin
     */
    public void addIfMissing(int inside) {
        if (!found) {
            demands.forEach(demand -> plan.add(Edit.insert(inside, "\"provider\":{" + demand.json() + "}", true)
                    .only(demand.when())));
        }
    }
}
