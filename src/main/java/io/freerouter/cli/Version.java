package io.freerouter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version, the commit it was built from, and what runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties build = build();
        boolean isNative = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        String runtime = isNative ? "native" : "Java " + Runtime.version().feature();
        return new String[] {
            "freerouter " + build.getProperty("version") + " (commit " + build.getProperty("commit") + ", " + runtime
                    + ")"
        };
    }

    /** Of what this program was built: {@code version}, {@code commit} and {@code date}. */
    static Properties build() throws IOException {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
            build.load(file);
        }
        return build;
    }
}
