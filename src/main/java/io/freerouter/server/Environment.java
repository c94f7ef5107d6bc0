package io.freerouter.server;

import io.freerouter.cli.CredentialsFile;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Gives the program its options from the environment and from a {@code .env} file in the working directory, in place of
 * Quarkus' own two sources, with the same precedence. Quarkus would read {@code .env} as Java properties, and would take an
 * empty variable for a value. Here {@code .env} is read as dotenv reads it (https://github.com/motdotla/dotenv#rules), an
 * empty variable counts as not set, and quotes around a value of the program's own variables are removed, because
 * {@code docker --env-file} leaves them there. The key of {@code freerouter login} is a third source, below all others. Quarkus
 * finds this class by {@code META-INF/services}.
 */
public final class Environment implements SmallRyeConfigBuilderCustomizer {
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int FILE_ORDINAL = 295;
    /** Below that of config/application.properties, 260, and of the program's own application.properties, 250. */
    private static final int CREDENTIALS_ORDINAL = 240;
    /** The names of the sources, in brackets after the name that SmallRye gives them. */
    static final String ENVIRONMENT = "environment";

    static final String FILE = ".env";
    static final String CREDENTIALS = "credentials";
    private static final String OWN_PREFIX = "FREEROUTER_";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int MOST_BYTES = 1_000_000;
    private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0E-\\x1A\\x1C-\\x1F]");
    private static final Pattern QUOTED = Pattern.compile("(?s)([\"'`])(.*)\\1");

    /** A name, an equals sign or a colon, a value in quotes or up to a comment. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "^[ \\t]*(?:export[ \\t]+)?([\\w.-]+)(?:[ \\t]*=[ \\t]*|:[ \\t]+)"
                    + "('(?:\\\\'|[^'])*+'|\"(?:\\\\\"|[^\"])*+\"|`(?:\\\\`|[^`])*+`|(?!#)(?:(?![ \\t]#)[^\\r\\n])+)?"
                    + "[ \\t]*(?:#.*)?$",
            Pattern.MULTILINE);

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        if (builder.isAddDefaultSources()) {
            builder.setAddDefaultSources(false).addPropertiesSources();
            Map<String, String> environment = environment(System.getenv());
            Map<String, String> file = file();
            builder.withSources(
                    new SysPropConfigSource(),
                    source(ENVIRONMENT, environment, ENVIRONMENT_ORDINAL),
                    source(FILE, file, FILE_ORDINAL));
            Map<String, String> credentials = credentials(environment, file);
            if (!credentials.isEmpty()) {
                builder.withSources((ConfigSourceFactory) context -> login(credentials, context));
            }
        }
    }

    /** The key of {@code freerouter login}, if the upstream is the one that the key belongs to. */
    private static Iterable<ConfigSource> login(Map<String, String> credentials, ConfigSourceContext context) {
        String upstream = CommandOptions.upstream(
                name -> Optional.ofNullable(context.getValue(name)).map(ConfigValue::getValue));
        boolean belongs = upstream.equals(credentials.get(CredentialsFile.UPSTREAM));
        return belongs && credentials.containsKey(CredentialsFile.KEY)
                ? List.of(source(
                        CREDENTIALS,
                        Map.of(CredentialsFile.KEY, credentials.get(CredentialsFile.KEY)),
                        CREDENTIALS_ORDINAL))
                : List.of();
    }

    /**
     * What {@code freerouter login} has stored; empty if it has not, or if another key comes first. Empty as well if the file
     * cannot be used: {@link #brokenLogin()} says why, which must not stop a login that replaces the file.
     */
    private static Map<String, String> credentials(Map<String, String> environment, Map<String, String> file) {
        return login(environment, file)
                .filter(path -> unusable(path).isEmpty())
                .map(path -> parse(text(path)))
                .orElse(Map.of());
    }

    /** The file with the key of the login, whether it exists or not; empty if another key comes first. */
    private static Optional<Path> login(Map<String, String> environment, Map<String, String> file) {
        return hasKey(environment) || hasKey(file)
                ? Optional.empty()
                : CredentialsFile.of(System.getenv()).map(CredentialsFile::path);
    }

    private static Optional<UnusableFileException> unusable(Path file) {
        try {
            text(file);
            return Optional.empty();
        } catch (UnusableFileException unusable) {
            return Optional.of(unusable);
        }
    }

    /** What is wrong with the file with the key of the login; empty if nothing is, or if another key comes first. */
    static Optional<String> brokenLogin() {
        return login(environment(System.getenv()), file())
                .flatMap(Environment::unusable)
                .map(unusable -> unusable.why);
    }

    /** A file cannot be used. The message names the file, and says why and what to do. */
    private static final class UnusableFileException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final String why;

        UnusableFileException(Path file, String why, String whatToDo, IOException cause) {
            super(file + " " + why + ". " + whatToDo + ".", cause);
            this.why = why;
        }
    }

    private static boolean hasKey(Map<String, String> variables) {
        return variables.containsKey(CredentialsFile.KEY) || variables.containsKey("FREEROUTER_UPSTREAM_API_KEY");
    }

    private static ConfigSource source(String name, Map<String, String> variables, int ordinal) {
        return new EnvConfigSource(variables, ordinal) {
            private static final long serialVersionUID = 1L;

            @Override
            public String getName() {
                return super.getName() + "[" + name + "]";
            }
        };
    }

    private static Map<String, String> file() {
        return parse(text(file(workingDirectory())));
    }

    private static Path file(Path directory) {
        return directory.resolve(FILE);
    }

    static Path workingDirectory() {
        return Path.of(System.getProperty("user.dir"));
    }

    /** The {@code .env} in the working directory and the file with the key of the login, as far as they exist. */
    static List<Path> files() {
        return Stream.concat(
                        Stream.of(file(workingDirectory())),
                        CredentialsFile.of(System.getenv()).map(CredentialsFile::path).stream())
                .filter(Files::exists)
                .toList();
    }

    /**
     * What is wrong with {@code .env} in the working directory, or with the file with the key of the login, and what to do;
     * empty if nothing is.
     */
    static Optional<String> mistake() {
        return mistake(workingDirectory()).or(() -> login(environment(System.getenv()), file())
                .flatMap(path -> unusable(path).map(unusable -> loginMistake(path, unusable.why))));
    }

    private static String loginMistake(Path file, String why) {
        return "the key of 'freerouter login' cannot be read, because " + file + " " + why + ". "
                + (Files.isDirectory(file)
                        ? "Remove the directory."
                        : "Run 'freerouter login' to replace the file, or 'freerouter logout' to remove it.");
    }

    /** What is wrong with {@code .env} in a directory. */
    static Optional<String> mistake(Path directory) {
        return unusable(file(directory)).map(Throwable::getMessage);
    }

    /** The text of a file; empty if there is none. {@code UnusableFileException} says what is wrong with it. */
    private static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw unusable(file, "is a directory", "Remove it, or put the options into a file of this name", null);
            }
            boolean isThere = Files.isRegularFile(file) || Files.isSymbolicLink(file) && !Files.exists(file);
            return isThere ? text(file, readNotTooMuch(file)) : "";
        } catch (AccessDeniedException denied) {
            throw unusable(file, "may not be read by this user", "Change its permissions, or remove it", denied);
        } catch (NoSuchFileException missing) {
            throw unusable(file, "is a link to a file that does not exist", "Correct the link, or remove it", missing);
        } catch (IOException failed) {
            throw unusable(file, "cannot be read", "Correct it, or remove it", failed);
        }
    }

    private static byte[] readNotTooMuch(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw unusable(file, "is larger than " + MOST_BYTES + " bytes", "Put only options into it", null);
            }
            return bytes;
        }
    }

    /** UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. */
    private static String text(Path file, byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        boolean wide = mark == 0xFEFF || mark == 0xFFFE;
        try {
            String text = (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!BINARY.matcher(text).find()) {
                return text;
            }
            throw unusable(file, "is no text file", "Save it as text in UTF-8", null);
        } catch (CharacterCodingException malformed) {
            throw unusable(file, "is not UTF-8", "Save it as text in UTF-8", malformed);
        }
    }

    private static UnusableFileException unusable(Path file, String why, String whatToDo, IOException cause) {
        return new UnusableFileException(file, why, whatToDo, cause);
    }

    /** The environment's variables that have a value. */
    static Map<String, String> environment(Map<String, String> variables) {
        return environment(variables, System.getProperty("os.name"));
    }

    /** Windows does not distinguish between {@code Port} and {@code PORT}, so there the names are in capitals. */
    static Map<String, String> environment(Map<String, String> variables, String system) {
        boolean isWindows = system.startsWith("Windows");
        Map<String, String> set = new HashMap<>();
        variables.forEach((written, value) -> {
            String name = isWindows && written.matches("\\w+") ? written.toUpperCase(Locale.ROOT) : written;
            putIfSet(set, name, isOwn(name) ? unquoted(value) : value);
        });
        return set;
    }

    private static boolean isOwn(String name) {
        return name.startsWith(OWN_PREFIX) || StartFailure.SHORT_NAMES.containsValue(name);
    }

    private static String unquoted(String value) {
        Matcher quoted = QUOTED.matcher(value.strip());
        return quoted.matches() ? quoted.group(2) : value;
    }

    /** The variables of a file's text that have a value. The last assignment to a name counts. */
    static Map<String, String> parse(String text) {
        Map<String, String> variables = new HashMap<>();
        Matcher assignment = ASSIGNMENT.matcher(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        while (assignment.find()) {
            String name = assignment.group(1);
            variables.remove(name);
            putIfSet(
                    variables,
                    name,
                    value(assignment.group(2) == null ? "" : assignment.group(2).strip()));
        }
        return variables;
    }

    /**
     * In double quotes, {@code \n} and {@code \r} stand for line ends. In single quotes, nothing stands for anything else;
     * elsewhere SmallRye Config replaces {@code ${NAME}}.
     */
    private static String value(String written) {
        String value = unquoted(written);
        if (written.startsWith("'")) {
            return value.replace("${", "\\${");
        }
        return written.startsWith("\"") ? value.replace("\\n", "\n").replace("\\r", "\r") : value;
    }

    private static void putIfSet(Map<String, String> variables, String name, String value) {
        if (!value.isBlank()) {
            variables.put(name, value);
        }
    }
}
