package io.freerouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, driven by Playwright. Tests that open it are skipped where there is none, or where its driver is
 * missing, which the build adds where it finds {@code /usr/bin/chromium}, or with {@code -Pbrowser}.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String DRIVER = "com.microsoft.playwright.impl.driver.jar.DriverJar";
    private static final int PATIENCE_MILLIS = 20_000;

    private final Path executable;
    private final Playwright playwright;
    private Browser browser;

    private Chromium(Path executable) {
        this.executable = executable;
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = launch();
    }

    private Browser launch() {
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs("root".equals(System.getProperty("user.name")) ? List.of("--no-sandbox") : List.of()));
    }

    /** Starts a browser, or skips the test. */
    public static Chromium start() {
        Optional<Path> executable = installed();
        assumeTrue(executable.isPresent(), "There is no Chromium on the PATH, so the page is not tried in a browser");
        assumeTrue(hasDriver(), "Playwright's driver is missing: run with -Pbrowser to try the page in a browser");
        return new Chromium(executable.get());
    }

    private static Optional<Path> installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean hasDriver() {
        try {
            Class.forName(DRIVER);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /**
     * A new window of this size, in light or dark colours, that knows nothing of other windows. A browser that crashed is started
     * again.
     */
    public Window open(String address, int width, int height, ColorScheme colours) {
        if (!browser.isConnected()) {
            browser = launch();
        }
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(width, height)
                .setColorScheme(colours)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return new Window(context.newPage(), address);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** One window. Notes what goes wrong in it, and every address that is asked for. */
    public static final class Window implements AutoCloseable {
        private final Page page;
        private final String address;
        private final List<String> problems = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();

        private Window(Page page, String address) {
            this.page = page;
            this.address = address;
            page.onConsoleMessage(message -> {
                if (List.of("error", "warning").contains(message.type())) {
                    problems.add(message.text());
                }
            });
            page.onPageError(problems::add);
            page.onRequest(request -> asked.add(request.url()));
        }

        public Page page() {
            return page;
        }

        /** Keeps a picture of the page in {@code target/screenshots}, for people to look at. */
        public void keep(String name) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
        }

        /** Fails if anything went wrong, or anything was asked of anybody but the gateway. Then closes the window. */
        @Override
        public void close() {
            assertThat(problems).isEmpty();
            assertThat(asked).allSatisfy(url -> assertThat(url).startsWith(address + "/"));
            assertThat(page.context().cookies()).isEmpty();
            page.context().close();
        }
    }
}
