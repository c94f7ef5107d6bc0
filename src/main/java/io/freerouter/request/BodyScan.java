package io.freerouter.request;

import io.freerouter.catalog.Ability;
import io.freerouter.engine.AnswerChecks;
import io.freerouter.engine.ChatRequest;
import io.freerouter.engine.ToolDeclarations;
import io.freerouter.request.RequestFormat.MemberReader;
import io.freerouter.request.free.BilledFeatures;
import io.freerouter.request.free.DataCollection;
import io.freerouter.request.free.PluginFilter;
import io.freerouter.request.free.ProviderRules;
import io.freerouter.request.free.RequestRules;
import io.freerouter.request.free.ToolFilter;
import io.freerouter.request.patch.ByteRange;
import io.freerouter.request.patch.Edit;
import io.freerouter.request.patch.Edit.When;
import io.freerouter.request.patch.EditPlan;
import io.freerouter.request.patch.ElementRemoval;
import io.freerouter.request.patch.PatchedBody;
import io.freerouter.routing.Needs;
import io.freerouter.routing.RequestSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass over one body: checks and reads the members that routing needs, and plans what is to change for the upstream. */
final class BodyScan {
    private static final int MAX_ANSWERS = 128;
    /** How many bytes of declarations are copied: many times what an agent with all its tools sends. */
    private static final int MOST_DECLARATIONS = 512 * 1024;

    private static final ByteRange NOWHERE = new ByteRange(0, 0);

    private final RequestFormat format;
    private final JsonCursor json;
    private final byte[] body;
    private final RequestRules rules;
    private final AnswerCheckRules verification;
    private final Optional<Boolean> decidedStream;
    private final EditPlan plan = new EditPlan();
    private final ElementRemoval members = new ElementRemoval();
    private final PromptSummary prompt;
    private final AnswerLimits limits = new AnswerLimits(plan);
    private final ConversationKey conversation;
    private final ToolFilter tools;
    private final PluginFilter plugins = new PluginFilter(plan);
    private final ProviderRules provider;
    private final MemberReader dialects;
    private final List<String> models = new ArrayList<>();
    private final List<Edit> streams = new ArrayList<>();
    private ByteRange toolList = NOWHERE;
    private ByteRange toolChoice = NOWHERE;
    private String model = "";
    private boolean namesModel;
    private boolean stream;
    private boolean hasContent;
    private int answers = 1;

    /**
     * @param body valid UTF-8, kept for rendering
     * @param rules what the upstream is told
     * @param verification what of the answer is checked
     * @param decidedStream whether the answer is a stream, if that is decided outside of the body
     */
    BodyScan(
            RequestFormat format,
            byte[] body,
            RequestRules rules,
            AnswerCheckRules verification,
            Optional<Boolean> decidedStream) {
        this.format = format;
        this.json = JsonCursor.open(body);
        this.body = body;
        this.rules = rules;
        this.verification = verification;
        this.decidedStream = decidedStream;
        prompt = new PromptSummary(body, format.needsOfParts());
        conversation = new ConversationKey(format.dialect());
        tools = new ToolFilter(format, prompt, plan);
        provider = new ProviderRules(rules.dataCollection(), plan);
        dialects = format.reader(new RequestParts(prompt, limits, conversation, tools, plan));
    }

    /**
     * Reads to the end.
     *
     * @param strict whether only the named model may answer
     * @param headers see {@link ChatRequest#headers}
     */
    ChatRequest read(boolean strict, Map<String, String> headers) {
        if (json.type() != JsonType.OBJECT) {
            String found = json.type().words();
            throw InvalidRequestException.body("The request body must be a JSON object, but was " + found + ".");
        }
        int inside = json.end();
        while (json.nextMember()) {
            int from = json.memberStart();
            FieldType.check(json.name(), json.type(), format.fields());
            When gone = readMember(json.name());
            json.skip();
            members.part(from, json.end(), gone);
        }
        requireComplete();
        completePlan(inside);
        return request(strict, headers);
    }

    /** Reads a member's value, and returns for which models the member is removed. */
    private When readMember(String name) {
        if (BilledFeatures.member(name) && !name.equals("models")) {
            return When.ALWAYS;
        }
        return switch (name) {
            case "models" -> readModels();
            case "tools" -> {
                int from = json.start();
                When gone = tools.readTools(json);
                toolList = new ByteRange(from, json.end());
                yield gone;
            }
            case "tool_choice" -> {
                int from = json.start();
                When gone = tools.readChoice(json);
                toolChoice = new ByteRange(from, json.end());
                yield gone;
            }
            case "parallel_tool_calls" -> tools.general();
            case "plugins" -> plugins.read(json);
            default -> {
                readKept(name);
                hasContent |= name.equals(format.required());
                yield dialects.read(name, json);
            }
        };
    }

    private void readKept(String name) {
        switch (name) {
            case "model" -> readModel();
            case "provider" -> provider.read(json);
            case "stream" -> readStream();
            case "session_id" -> conversation.session(json);
            case "user" -> conversation.user(json);
            case "max_tokens" -> limits.limit(json);
            case "max_completion_tokens" -> limits.newerLimit(json);
            case "n" -> answers = (int) Math.max(1, Math.min(MAX_ANSWERS, json.count()));
            default -> {}
        }
    }

    private void readModel() {
        model = json.text().orElse("");
        namesModel = true;
        plan.add(new Edit(json.start(), json.end(), Edit.Target::quotedModel, When.ALWAYS));
    }

    private When readModels() {
        models.clear();
        FieldType.STRINGS.readElements("models", json, element -> {
            if (models.size() < ModelSelector.MAX_NAMES) {
                models.add(element.text().orElseThrow());
            }
            return true;
        });
        return When.ALWAYS;
    }

    private void readStream() {
        stream = json.isTrue();
        decidedStream.ifPresent(decided -> {
            streams.add(Edit.replace(json.start(), json.end(), Boolean.toString(decided)));
            EditPlan.checkCount(streams.size(), json.end());
        });
    }

    private void requireComplete() {
        if (!json.atEndOfText()) {
            throw InvalidRequestException.body("The request body must be one JSON object, but something follows it.");
        }
        if (!hasContent) {
            String required = format.required();
            throw InvalidRequestException.field(
                    required, "missing_required_parameter", "'" + required + "' is required.");
        }
    }

    private void completePlan(int inside) {
        plan.add(members);
        if (decidedStream.isPresent() && decidedStream.get() != stream) {
            streams.forEach(plan::add);
            if (streams.isEmpty()) {
                plan.add(Edit.insert(inside, "\"stream\":" + decidedStream.get(), true));
            }
        }
        if (!namesModel) {
            plan.add(new Edit(inside, inside, target -> "\"model\":" + target.quotedModel() + ",", When.ALWAYS));
        }
        provider.addIfMissing(inside);
        if (prompt.needs().contains(Ability.FILES)) {
            plugins.addFileParser(inside);
        }
    }

    private ChatRequest request(boolean strict, Map<String, String> headers) {
        ModelSelector selector =
                format.isForOneModel() ? ModelSelector.only(model) : ModelSelector.of(model, models, strict);
        RequestSize size = new RequestSize(body.length, prompt.tokens(), limits.tokens());
        return new ChatRequest(
                        format.dialect(),
                        new Needs(selector.preference(), abilities(selector), size),
                        decidedStream.orElse(stream),
                        answers,
                        new PatchedBody(body, plan, rules.maxPrice()::guards),
                        conversation.conversation(prompt.prefix(), prompt.messages()),
                        tools.names(),
                        headers)
                .verifying(verification());
    }

    /** The declarations of tools are copied, because an answer's stream must not hold the whole body. */
    private AnswerChecks verification() {
        boolean inStream = decidedStream.orElse(stream);
        boolean whole = inStream && verification.stream() == StreamVerification.ANSWER;
        int length = toolList.to() - toolList.from() + toolChoice.to() - toolChoice.from();
        boolean checksTools = verification.checksTools(inStream) && tools.anyLeft() && length <= MOST_DECLARATIONS;
        Optional<ToolDeclarations> declared = checksTools
                ? Optional.of(new ToolDeclarations(text(toolList), tools.keepsChoice() ? text(toolChoice) : ""))
                : Optional.empty();
        return checksTools || whole
                ? new AnswerChecks(declared, checksTools && verification.rescue(), whole)
                : AnswerChecks.NONE;
    }

    private String text(ByteRange range) {
        return new String(body, range.from(), range.to() - range.from(), StandardCharsets.UTF_8);
    }

    private Set<Ability> abilities(ModelSelector selector) {
        Set<Ability> all = EnumSet.noneOf(Ability.class);
        all.addAll(prompt.needs());
        all.addAll(selector.abilities());
        if (tools.anyLeft()) {
            all.add(Ability.TOOLS);
        }
        if (provider.isPrivate() || rules.dataCollection() == DataCollection.DENY) {
            all.add(Ability.PRIVATE);
        }
        if (!plugins.leavesFilesToModel()) {
            all.remove(Ability.FILES);
        }
        return all;
    }
}
