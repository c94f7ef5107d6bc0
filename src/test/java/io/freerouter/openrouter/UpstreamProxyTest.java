package io.freerouter.openrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamProxyTest {
    private static final URI OPENROUTER = URI.create("https://openrouter.ai/api/v1");

    private static Optional<String> chosen(URI upstream, String... environment) {
        Map<String, String> variables = new HashMap<>();
        for (int at = 0; at < environment.length; at += 2) {
            variables.put(environment[at], environment[at + 1]);
        }
        return UpstreamProxy.choose(Optional.empty(), upstream, variables).map(UpstreamProxy::toString);
    }

    @Test
    void without_any_variable_there_is_no_proxy() {
        assertThat(chosen(OPENROUTER)).isEmpty();
        assertThat(chosen(OPENROUTER, "HTTPS_PROXY", " ", "https_proxy", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://openrouter.ai/api/v1, HTTPS_PROXY, true",
        "https://openrouter.ai/api/v1, https_proxy, true",
        "https://openrouter.ai/api/v1, ALL_PROXY, true",
        "https://openrouter.ai/api/v1, all_proxy, true",
        "https://openrouter.ai/api/v1, HTTP_PROXY, false",
        "http://127.0.0.1:9/v1, HTTP_PROXY, true",
        "http://127.0.0.1:9/v1, http_proxy, true",
        "http://127.0.0.1:9/v1, HTTPS_PROXY, false"
    })
    void the_scheme_of_the_upstream_says_which_variable_counts(URI upstream, String variable, boolean counts) {
        assertThat(chosen(upstream, variable, "http://proxy:3128").isPresent()).isEqualTo(counts);
    }

    @Test
    void a_variable_in_lower_case_counts_first_and_the_one_for_all_last() {
        assertThat(chosen(OPENROUTER, "HTTPS_PROXY", "b:1", "https_proxy", "a:1", "all_proxy", "c:1"))
                .contains("http://a:1");
        assertThat(chosen(OPENROUTER, "HTTPS_PROXY", "b:1", "all_proxy", "c:1")).contains("http://b:1");
    }

    @Test
    void an_option_counts_more_than_the_environment() {
        Map<String, String> environment = Map.of("HTTPS_PROXY", "a:1", "NO_PROXY", "*");
        assertThat(UpstreamProxy.choose(Optional.of("b:1"), OPENROUTER, environment))
                .map(UpstreamProxy::toString)
                .contains("http://b:1");
        assertThat(UpstreamProxy.choose(Optional.of("none"), OPENROUTER, environment))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy, http://proxy:80",
        "proxy:3128, http://proxy:3128",
        "http://proxy, http://proxy:80",
        "HTTP://proxy:8080/, http://proxy:8080",
        "http://[::1]:3128, http://[::1]:3128",
        "socks5://proxy, socks5://proxy:1080",
        "socks5h://proxy:9050, socks5://proxy:9050",
        "socks4://proxy, socks4://proxy:1080"
    })
    void a_url_names_the_kind_and_the_place(String url, String place) {
        assertThat(UpstreamProxy.of(url)).hasToString(place);
    }

    @Test
    void a_url_may_have_a_login() {
        UpstreamProxy proxy = UpstreamProxy.of("http://me%40work:p%3Aa+b@proxy:3128");
        assertThat(proxy.user()).isEqualTo("me@work");
        assertThat(proxy.password().value()).isEqualTo("p:a+b");
        assertThat(proxy.toString()).doesNotContain("me", "p:a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:secret@proxy:443",
                "ftp://me:secret@proxy",
                "http://me:secret@",
                "http://me:secret@a b"
            })
    void what_is_no_proxy_is_refused_without_its_password(String url) {
        assertThatThrownBy(() -> chosen(OPENROUTER, "HTTPS_PROXY", url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://host:port")
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://openrouter.ai/api/v1 | * | true",
                "https://openrouter.ai/api/v1 | openrouter.ai | true",
                "https://openrouter.ai/api/v1 | OpenRouter.AI | true",
                "https://openrouter.ai/api/v1 | .openrouter.ai | true",
                "https://eu.openrouter.ai/api/v1 | openrouter.ai | true",
                "https://eu.openrouter.ai/api/v1 | .openrouter.ai | true",
                "https://eu.openrouter.ai/api/v1 | *.openrouter.ai | true",
                "https://myopenrouter.ai/api/v1 | openrouter.ai | false",
                "https://openrouter.ai/api/v1 | localhost, openrouter.ai:443 | true",
                "https://openrouter.ai/api/v1 | openrouter.ai:8443 | false",
                "https://openrouter.ai/api/v1 | ai | true",
                "https://openrouter.ai/api/v1 | localhost,127.0.0.1 | false",
                "https://openrouter.ai/api/v1 | , | false",
                "https://10.1.2.3/v1 | 10.1.2.3 | true",
                "https://10.1.2.3/v1 | 10.0.0.0/8 | true",
                "https://10.1.2.3/v1 | 10.1.2.0/31 | false",
                "https://10.1.2.3/v1 | 10.1.2.3/x | false",
                "https://10.1.2.3:8000/v1 | localhost 10.1.2.3:8000 | true",
                "https://[::1]:8000/v1 | ::1 | true",
                "https://[::1]:8000/v1 | [::1]:8000 | true",
                "https://[::1]:8000/v1 | [::1]:80 | false",
                "https://[fd00::5]/v1 | fd00::/8 | true",
                "https://[fe80::5]/v1 | fd00::/8,10.0.0.0/8 | false"
            })
    void an_upstream_may_be_exempt(URI upstream, String list, boolean exempt) {
        assertThat(chosen(upstream, "HTTPS_PROXY", "proxy:1", "NO_PROXY", list).isEmpty())
                .isEqualTo(exempt);
        assertThat(chosen(upstream, "HTTPS_PROXY", "proxy:1", "no_proxy", list).isEmpty())
                .isEqualTo(exempt);
    }
}
