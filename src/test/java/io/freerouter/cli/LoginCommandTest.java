package io.freerouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in at a stand-in for OpenRouter's two endpoints, with a browser that does what its user would do. */
class LoginCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "sk-or-v1-" + "0123456789abcdef";
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    /** The challenges that the page of the upstream has given codes for, by code. */
    private final Map<String, String> codes = new ConcurrentHashMap<>();

    private final List<CompletableFuture<String>> shown = new ArrayList<>();
    private HttpServer upstream;
    private int exchangeStatus = 200;
    private int keyStatus = 200;

    @TempDir
    Path home;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/api/v1/auth/keys", this::exchange);
        upstream.createContext(
                "/api/v1/key",
                call -> answer(
                        call,
                        call.getRequestHeaders().getFirst("Authorization").equals("Bearer " + SECRET) ? keyStatus : 401,
                        "{\"data\":{}}"));
        upstream.start();
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
    }

    private void exchange(HttpExchange call) throws IOException {
        JsonNode request = JSON.readTree(call.getRequestBody());
        String challenge = codes.remove(request.path("code").asText());
        boolean proven = challenge != null
                && request.path("code_challenge_method").asText().equals("S256")
                && challenge.equals(hash(request.path("code_verifier").asText()));
        if (exchangeStatus != 200) {
            answer(call, exchangeStatus, "{\"error\":{\"message\":\"no\\u001b[31mluck\"}}");
        } else if (proven) {
            answer(call, 200, "{\"key\":\"" + SECRET + "\",\"user_id\":\"me\"}");
        } else {
            answer(call, 403, "{\"error\":{\"message\":\"Invalid code or code_verifier\"}}");
        }
    }

    private static String hash(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void answer(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private ProgramOptions options() {
        return CommandRun.options(
                URI.create("http://127.0.0.1:" + upstream.getAddress().getPort() + "/api/v1"),
                Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    private CommandRun command(ProgramOptions options) {
        return new CommandRun(options, URI.create("http://127.0.0.1:1"), Optional.empty());
    }

    private CommandRun command() {
        return command(options());
    }

    private Path credentials() {
        return home.resolve("freerouter").resolve("credentials");
    }

    /** The parameters of the page of the upstream. */
    private static Map<String, String> parameters(URI page) {
        Map<String, String> all = new ConcurrentHashMap<>();
        for (String pair : page.getRawQuery().split("&")) {
            all.put(pair.split("=")[0], URLDecoder.decode(pair.split("=")[1], UTF_8));
        }
        return all;
    }

    private String codeFor(URI page) {
        String code = "code-" + codes.size();
        codes.put(code, parameters(page).get("code_challenge"));
        return code;
    }

    private static String callback(URI page) {
        return parameters(page).get("callback_url");
    }

    private boolean visit(String address) {
        shown.add(BROWSER.sendAsync(
                        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(page -> page.statusCode() + " " + page.body()));
        return true;
    }

    private String page(int number) {
        return shown.get(number).orTimeout(10, TimeUnit.SECONDS).join();
    }

    private boolean agree(URI page) {
        return visit(callback(page) + "?code=" + codeFor(page));
    }

    private void assertNothingStored(CommandRun command) {
        assertThat(credentials()).doesNotExist();
        assertThat(command.out() + command.err()).doesNotContain(SECRET, "\tat ");
        assertThat(command.err().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("othing was stored", "freerouter login");
    }

    @Test
    void a_user_who_agrees_in_the_browser_is_logged_in() throws IOException {
        CommandRun command = command().browser(this::agree);
        assertThat(command.run("login")).as(command.err()).isZero();
        assertThat(command.out())
                .contains("Logged in.", credentials().toString(), "accepts it")
                .doesNotContain(SECRET);
        assertThat(Files.readString(credentials()))
                .contains(
                        "OPENROUTER_API_KEY='" + SECRET + "'\n",
                        "OPENROUTER_BASE_URL='" + options().upstream() + "'\n");
        assertThat(page(0)).startsWith("200").contains("Logged in").doesNotContain(SECRET);
    }

    @Test
    void the_directory_of_the_key_may_be_a_link() throws IOException {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(credentials().getParent(), elsewhere);
        assertThat(command().browser(this::agree).run("login")).isZero();
        assertThat(elsewhere.resolve("credentials")).content().contains(SECRET);
    }

    @Test
    void only_the_user_may_read_the_key() throws IOException {
        Files.createDirectories(credentials().getParent());
        Files.writeString(credentials(), "older");
        assertThat(command().browser(this::agree).run("login")).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(credentials())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(credentials().getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(credentials().getParent())) {
            assertThat(files).containsExactly(credentials());
        }
    }

    @Test
    void the_page_gets_the_challenge_and_not_the_verifier() {
        List<URI> pages = new ArrayList<>();
        assertThat(command().browser(page -> pages.add(page) && agree(page)).run("login"))
                .isZero();
        assertThat(pages).singleElement().satisfies(page -> {
            assertThat(page.getPath()).isEqualTo("/auth");
            assertThat(parameters(page)).containsEntry("code_challenge_method", "S256");
            assertThat(parameters(page).get("code_challenge")).matches("[\\w-]{43}");
            assertThat(callback(page)).matches("http://localhost:\\d+/callback/[\\w-]{43}");
        });
    }

    @Test
    void a_call_with_another_state_is_refused_and_ends_nothing() {
        CommandRun command = command().browser(page -> {
            String other = callback(page).replaceFirst("callback/.*", "callback/guessed");
            visit(other + "?code=evil");
            assertThat(page(0)).startsWith("404");
            visit(callback(page));
            assertThat(page(1)).startsWith("400");
            return agree(page);
        });
        assertThat(command.run("login")).as(command.err()).isZero();
    }

    @Test
    void two_logins_have_different_states_challenges_and_ports() {
        List<Map<String, String>> pages = new ArrayList<>();
        CommandRun inner = command().browser(page -> pages.add(parameters(page)) && agree(page));
        CommandRun outer = command().browser(page -> {
            pages.add(parameters(page));
            assertThat(inner.run("login")).isZero();
            return agree(page);
        });
        assertThat(outer.run("login")).isZero();
        assertThat(pages).extracting(page -> page.get("code_challenge")).doesNotHaveDuplicates();
        assertThat(pages).extracting(page -> page.get("callback_url")).doesNotHaveDuplicates();
        assertThat(pages)
                .extracting(page -> URI.create(page.get("callback_url")).getPort())
                .doesNotHaveDuplicates();
    }

    @Test
    void the_callback_is_for_this_machine_and_for_one_call() {
        List<URI> calls = new ArrayList<>();
        CommandRun command = command().browser(page -> {
            URI callback = URI.create(callback(page));
            calls.add(callback);
            assertThat(refuses("127.0.0.2", callback.getPort())).isTrue();
            return agree(page);
        });
        assertThat(command.run("login")).isZero();
        assertThat(refuses("127.0.0.1", calls.get(0).getPort())).isTrue();
    }

    private static boolean refuses(String host, int port) {
        try (Socket socket = new Socket(host, port)) {
            return !socket.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void a_connection_without_a_request_keeps_nobody_waiting() {
        List<Socket> idle = new ArrayList<>();
        CommandRun command = command().browser(page -> {
            try {
                idle.add(new Socket("127.0.0.1", URI.create(callback(page)).getPort()));
            } catch (IOException broken) {
                throw new IllegalStateException(broken);
            }
            return agree(page);
        });
        assertThat(command.run("login")).isZero();
        assertThat(idle).hasSize(1);
    }

    @Test
    void a_user_who_refuses_is_not_logged_in() {
        CommandRun command = command().browser(page -> visit(callback(page) + "?error=access_denied&code=x"));
        assertThat(command.run("login")).isEqualTo(1);
        assertThat(command.err()).contains("refused", "access_denied");
        assertThat(page(0)).contains("Not logged in");
        assertNothingStored(command);
    }

    @Test
    void a_browser_that_never_comes_back_is_given_up() {
        CommandRun command = command().browser(page -> true);
        assertThat(command.run("login", "--timeout", "0")).isEqualTo(1);
        assertThat(command.err()).contains("did not come back within 0 s");
        assertNothingStored(command);
    }

    @Test
    void without_a_browser_the_address_is_printed() {
        Pattern address = Pattern.compile("http://\\S+/auth\\?\\S+");
        CommandRun command = command().browser(page -> {
            agree(page);
            return false;
        });
        assertThat(command.run("login")).isZero();
        Matcher printed = address.matcher(command.out());
        assertThat(printed.find()).isTrue();
        assertThat(callback(URI.create(printed.group()))).startsWith("http://localhost:");
    }

    @ParameterizedTest
    @CsvSource({
        "400,does not understand this login (400: no [31mluck)",
        "403,does not accept the login's code (403",
        "500,cannot make a key now (500",
        "302,cannot make a key now (302"
    })
    void a_refusal_of_the_upstream_is_explained(int status, String words) {
        exchangeStatus = status;
        CommandRun command = command().browser(this::agree);
        assertThat(command.run("login")).isEqualTo(1);
        assertThat(command.err()).contains(words).doesNotContain("\u001b");
        assertThat(page(0)).contains("Not logged in");
        assertNothingStored(command);
    }

    @Test
    void a_code_of_another_login_is_not_accepted() {
        CommandRun command = command().browser(page -> {
            codes.put("stolen", hash("another verifier"));
            return visit(callback(page) + "?code=stolen");
        });
        assertThat(command.run("login")).isEqualTo(1);
        assertThat(command.err()).contains("403: Invalid code or code_verifier");
        assertNothingStored(command);
    }

    @Test
    void an_upstream_that_cannot_be_reached_is_told() {
        CommandRun command = command().browser(page -> {
            upstream.stop(0);
            return agree(page);
        });
        assertThat(command.run("login")).isEqualTo(1);
        assertThat(command.err()).contains("cannot be reached", "freerouter doctor");
        assertThat(credentials()).doesNotExist();
    }

    @Test
    void a_key_may_be_pasted() throws IOException {
        CommandRun command = command().typed("  " + SECRET + "  ");
        assertThat(command.run("login", "--paste")).as(command.err()).isZero();
        assertThat(command.out()).doesNotContain(SECRET);
        assertThat(Files.readString(credentials())).contains(SECRET);
    }

    @Test
    void a_key_that_the_upstream_does_not_accept_is_not_stored() {
        keyStatus = 401;
        CommandRun command = command().typed(SECRET);
        assertThat(command.run("login", "--paste")).isEqualTo(1);
        assertThat(command.err()).contains("does not accept this key (401)");
        assertNothingStored(command);
    }

    @Test
    void a_key_that_cannot_be_checked_is_stored() {
        upstream.stop(0);
        CommandRun command = command().typed(SECRET);
        assertThat(command.run("login", "--paste")).isZero();
        assertThat(command.out()).contains("could not be checked", "freerouter doctor");
        assertThat(credentials()).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "it's", "a\\b", "${KEY}", "schl\u00fcssel"})
    void what_is_no_key_is_not_stored(String text) {
        CommandRun command = command().typed(text);
        assertThat(command.run("login", "--paste")).isEqualTo(1);
        assertThat(command.err()).contains("This is no key");
        assertThat(credentials()).doesNotExist();
    }

    @Test
    void nothing_typed_is_nothing_stored() {
        CommandRun command = command().typed("");
        assertThat(command.run("login", "--paste")).isEqualTo(1);
        assertThat(command.err()).contains("Nothing was typed");
        assertThat(credentials()).doesNotExist();
    }

    @Test
    void a_code_from_another_machine_may_be_typed() {
        CommandRun command = command().typed("unknown");
        assertThat(command.run("login", "--code")).isEqualTo(1);
        assertThat(command.out()).contains("/auth?code_challenge=").doesNotContain("callback_url");
        assertThat(command.err()).contains("does not accept the login's code (403");
        assertNothingStored(command);
    }

    @Test
    void a_login_cannot_have_two_ways() {
        assertThat(command().run("login", "--paste", "--code")).isEqualTo(2);
    }

    @Test
    void a_key_that_wins_over_the_login_is_named() {
        ProgramOptions plain = options();
        ProgramOptions options = new ProgramOptions(
                plain.upstream(),
                plain.proxy(),
                Optional.of(new ApiKey("sk-or-other", "the environment")),
                false,
                plain.environment(),
                List.of(),
                Optional.empty());
        CommandRun command = command(options).browser(this::agree);
        assertThat(command.run("login")).isZero();
        assertThat(command.out()).contains("the key of the environment wins").doesNotContain("sk-or-other");
        CommandRun out = command(options);
        assertThat(out.run("logout")).isZero();
        assertThat(out.out()).contains("a key from the environment is still used");
    }

    @Test
    void logging_out_removes_the_key() {
        assertThat(command().browser(this::agree).run("login")).isZero();
        CommandRun out = command();
        assertThat(out.run("logout")).isZero();
        assertThat(out.out()).contains("Logged out", credentials().toString(), "https://openrouter.ai/keys");
        assertThat(credentials()).doesNotExist();
        CommandRun again = command();
        assertThat(again.run("logout")).isZero();
        assertThat(again.out()).contains("You were not logged in");
    }

    @Test
    void a_directory_that_cannot_be_written_is_told() throws IOException {
        Files.writeString(home.resolve("freerouter"), "no directory");
        CommandRun command = command().typed(SECRET);
        assertThat(command.run("login", "--paste")).isEqualTo(1);
        assertThat(command.err()).contains("Cannot write", credentials().toString());
    }

    @Test
    void a_file_of_an_earlier_login_that_cannot_be_read_is_replaced() throws IOException {
        Files.createDirectories(credentials().getParent());
        Files.write(credentials(), new byte[] {(byte) 0xFF});
        ProgramOptions plain = options();
        ProgramOptions broken = new ProgramOptions(
                plain.upstream(),
                plain.proxy(),
                Optional.empty(),
                false,
                plain.environment(),
                List.of(),
                Optional.of("is not UTF-8"));
        CommandRun command = command(broken).typed(SECRET);
        assertThat(command.run("login", "--paste")).as(command.err()).isZero();
        assertThat(command.out()).contains(credentials() + " is not UTF-8", "replaces the file");
        assertThat(Files.readString(credentials())).contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "logout"})
    void a_directory_in_place_of_the_file_is_told_and_stays(String word) throws IOException {
        Files.createDirectories(credentials());
        CommandRun command = command().typed(SECRET);
        assertThat(word.equals("login") ? command.run(word, "--paste") : command.run(word))
                .isEqualTo(1);
        assertThat(command.err()).contains(credentials() + " is a directory");
        assertThat(credentials()).isDirectory();
    }

    @Test
    void a_time_below_zero_is_a_mistake_of_the_user() {
        CommandRun command = command();
        assertThat(command.run("login", "--timeout", "-1")).isEqualTo(2);
        assertThat(command.err()).contains("--timeout is -1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "logout"})
    void a_home_that_is_no_absolute_path_is_told(String word) {
        CommandRun command = command(CommandRun.options(options().upstream(), Map.of("HOME", "somewhere")));
        assertThat(command.run(word)).isEqualTo(1);
        assertThat(command.err().lines()).singleElement().asString().contains("HOME");
    }
}
