package io.freerouter.openrouter;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts that look much like what OpenRouter sends, and are nothing of the kind. */
final class HostileTexts {
    private static final List<String> NAMES = List.of(
            "error",
            "choices",
            "delta",
            "message",
            "metadata",
            "headers",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "Retry-After",
            "availability",
            "excluded_by",
            "retry_after",
            "limit_source",
            "provider",
            "provider_name",
            "raw",
            "code",
            "type",
            "error_type",
            "tool_calls",
            "function",
            "function_call",
            "custom",
            "name",
            "arguments",
            "index",
            "content",
            "finish_reason",
            "native_finish_reason",
            "usage",
            "cost",
            "data",
            "is_free_tier",
            "free_model_daily_requests",
            "used",
            "limit",
            "remaining");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "7",
            "429",
            "402",
            "404",
            "403",
            "1795341660000",
            "1e999999999",
            "-1e-999999999",
            "1e99999999999",
            "99999999999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"429\"",
            "\"NaN\"",
            "\"\\u0000\\ud800\"",
            "\"stop\"",
            "\"error\"",
            "\"{\"",
            "\"privacy_restricted\"",
            "\"data_policy:zdr\"",
            "\"openrouter_free_tier_daily\"",
            "\"openrouter_key_limit\"",
            "\"Rate limit exceeded: free-models-per-min\"",
            "\"limit_rpd/a/b\"",
            "\"Key limit exceeded\"",
            "\"No endpoints found matching your data policy\"",
            "[]",
            "{}",
            "[[[]]]",
            "tru",
            "{\"a\":1,\"a\":2}");

    private HostileTexts() {}

    /** JSON of shapes made of the names and values that matter, and what is only nearly JSON. */
    static Arbitrary<String> json() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, framed()), Tuple.of(2, tree(3)), Tuple.of(1, cut()), Tuple.of(1, Arbitraries.strings()));
    }

    /** Something strange in the place of something known. */
    private static Arbitrary<String> framed() {
        Arbitrary<String> frames = Arbitraries.of(
                "{'error':%s}",
                "{'error':{'code':429,'message':'No','metadata':%s}}",
                "{'error':{'metadata':{'headers':%s}}}",
                "{'error':{'code':404,'availability':%s}}",
                "{'provider':'Somebody','choices':[%s],'error':null}",
                "{'choices':[{'delta':%s,'message':%1$s}],'usage':%1$s}",
                "{'choices':[{'index':0,'delta':{'content':'Hi','tool_calls':[%s]},'finish_reason':'stop'}]}",
                "{'choices':[{'message':{'content':'Hi','function_call':%s}}],'usage':{'cost':%1$s}}",
                "{'data':%s}",
                "{'data':{'is_free_tier':%s,'free_model_daily_requests':{'used':%1$s,'limit':%1$s}}}");
        return Combinators.combine(frames, tree(2))
                .as((frame, tree) -> frame.replace('\'', '"').formatted(tree));
    }

    private static Arbitrary<String> tree(int depth) {
        Arbitrary<String> value = Arbitraries.of(VALUES);
        if (depth == 0) {
            return value;
        }
        Arbitrary<String> inner = tree(depth - 1);
        Arbitrary<String> member =
                Combinators.combine(Arbitraries.of(NAMES), inner).as((name, said) -> "\"" + name + "\":" + said);
        return Arbitraries.frequencyOf(
                Tuple.of(6, listed(member, "{", "}")), Tuple.of(2, listed(inner, "[", "]")), Tuple.of(1, value));
    }

    private static Arbitrary<String> listed(Arbitrary<String> parts, String open, String close) {
        return parts.list().ofMaxSize(3).map(all -> open + String.join(",", all) + close);
    }

    private static Arbitrary<String> cut() {
        return Combinators.combine(framed(), Arbitraries.integers().between(0, 100))
                .as((text, end) -> text.substring(0, Math.min(end, text.length())));
    }
}
