package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndOriginConvertersTest {
    private final HostAndOriginConverters.Host host = new HostAndOriginConverters.Host();
    private final HostAndOriginConverters.Origin origin = new HostAndOriginConverters.Origin();

    @ParameterizedTest
    @CsvSource({
        "gw.example.com,gw.example.com",
        "' gw.example.com ',gw.example.com",
        "GW.Example.COM,gw.example.com",
        "gw.example.com.,gw.example.com",
        "gw.example.com:8443,gw.example.com",
        "gw.example.com.:8443,gw.example.com",
        "gw.example.com:*,gw.example.com",
        "gw,gw",
        "my_host,my_host",
        "*,*",
        "*.example.com,*.example.com",
        "*.example.com:8000,*.example.com",
        "192.168.1.7,192.168.1.7",
        "192.168.1.7:8000,192.168.1.7",
        "[FE80::1],fe80::1",
        "[fe80::1]:8000,fe80::1",
        "fe80::1,fe80::1",
        "münchen.example,xn--mnchen-3ya.example"
    })
    void a_host_is_read_as_it_can_only_be_meant(String written, String meant) {
        assertThat(host.convert(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "https://gw.example.com,gw.example.com",
        "http://gw.example.com:8000/v1,gw.example.com:8000",
        "https://user:secret@gw.example.com/,gw.example.com",
        "gw.example.com/,gw.example.com",
        "gw.example.com/v1,gw.example.com",
        "https://*.example.com,*.example.com"
    })
    void a_url_is_no_host_and_the_message_says_what_to_write(String written, String meant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.convert(written))
                .withMessageContaining("names of hosts such as")
                .withMessageEndingWith(", write " + meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gw example.com",
                "gw..example.com",
                ".example.com",
                "gw:port",
                "gw:1234567",
                "/v1",
                "a;b",
                "\"gw\"",
                "[gw]",
                "?",
                "://"
            })
    void anything_else_is_no_host(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.convert(written))
                .withMessageContaining("names of hosts such as");
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.org,https://chat.example.org",
        "' https://chat.example.org ',https://chat.example.org",
        "HTTPS://Chat.Example.ORG,https://chat.example.org",
        "https://chat.example.org/,https://chat.example.org",
        "https://chat.example.org:443,https://chat.example.org",
        "http://chat.example.org:80/,http://chat.example.org",
        "http://chat.example.org:443,http://chat.example.org:443",
        "https://chat.example.org:8443,https://chat.example.org:8443",
        "https://*.example.org:*,https://*.example.org:*",
        "*://chat.example.org,*://chat.example.org",
        "http://[::1]:3000,http://[::1]:3000",
        "http://192.168.1.7:3000,http://192.168.1.7:3000",
        "https://münchen.example,https://xn--mnchen-3ya.example",
        "chrome-extension://*,chrome-extension://*",
        "capacitor://localhost,capacitor://localhost",
        "myapp://,myapp://",
        "*,*"
    })
    void an_origin_is_read_as_it_can_only_be_meant(String written, String meant) {
        assertThat(origin.convert(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example.org,https://chat.example.org",
        "chat.example.org:8443,https://chat.example.org:8443",
        "localhost:3000,https://localhost:3000",
        "chat.example.org/app,https://chat.example.org",
        "http://chat.example.org/app,http://chat.example.org",
        "https://chat.example.org?x=1,https://chat.example.org",
        "https://user@chat.example.org,https://chat.example.org",
        "*.example.org,https://*.example.org"
    })
    void anything_else_is_no_origin_and_the_message_says_what_to_write(String written, String meant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> origin.convert(written))
                .withMessageContaining("origins such as https://chat.example.org")
                .withMessageEndingWith(", write " + meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "NULL",
                "https://",
                "https:///",
                "https:chat.example.org",
                "a b",
                "https://a b",
                "//",
                "https://a,b",
                "'*'"
            })
    void what_cannot_be_meant_as_an_origin_is_refused(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> origin.convert(written))
                .withMessageContaining("origins such as https://chat.example.org");
    }
}
