package io.freerouter.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramMachineTest {
    private static final URI PAGE = URI.create("https://openrouter.ai/auth?a=1&b=2");

    private static List<String> browser(String system, Map<String, String> environment) {
        return ProgramMachine.browser(system, environment, PAGE);
    }

    @Test
    void each_system_opens_browsers_by_its_own_program() {
        assertThat(browser("Linux", Map.of("DISPLAY", ":0"))).containsExactly("xdg-open", PAGE.toString());
        assertThat(browser("Mac OS X", Map.of())).containsExactly("open", PAGE.toString());
        assertThat(browser("Windows 11", Map.of()))
                .containsExactly("rundll32", "url.dll,FileProtocolHandler", PAGE.toString());
    }

    @Test
    void without_a_desktop_no_browser_is_opened() {
        assertThat(browser("Linux", Map.of("TERM", "xterm"))).isEmpty();
    }

    @Test
    void what_nobody_can_guess_differs_each_time() {
        ProgramMachine machine = new ProgramMachine();
        assertThat(machine.random(32)).hasSize(32).isNotEqualTo(machine.random(32));
    }
}
