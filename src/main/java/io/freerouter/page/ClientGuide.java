package io.freerouter.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of each client, as {@code docs/clients.md} has them: its sections with headings of the third level. Only what
 * that document uses of Markdown is understood. The address in the document is replaced by this gateway's.
 *
 * @param clients in the document's order
 */
public record ClientGuide(List<Client> clients) {
    private static final String DOCUMENT = "/page/clients.md";
    /** The gateway's address in the document. */
    private static final String WRITTEN = "http://127.0.0.1:8000";

    private static final String TRIED = " ●";
    private static final String FENCE = "```";
    private static final Pattern INLINE = Pattern.compile("`([^`]+)`|\\*\\*(.+?)\\*\\*|\\[([^\\]]+)]\\(([^)]+)\\)");

    /**
     * One client.
     *
     * @param id its name in an address
     * @param name its name
     * @param group the kind of client, which is the heading above
     * @param tried whether it is tried with each build
     * @param blocks the text and the snippets
     */
    public record Client(String id, String name, String group, boolean tried, List<Block> blocks) {}

    /**
     * A paragraph or a snippet.
     *
     * @param code the snippet; empty text for a paragraph
     * @param spans the parts of the paragraph; empty for a snippet
     */
    public record Block(String code, List<Span> spans) {}

    /**
     * A part of a paragraph.
     *
     * @param style {@code text}, {@code code} or {@code strong}
     * @param words what it says
     */
    public record Span(String style, String words) {}

    /** The guide with this address, which has no slash at its end. */
    static ClientGuide at(String address) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ClientGuide.class.getResourceAsStream(DOCUMENT), StandardCharsets.UTF_8))) {
            return new Reader(address).read(lines.lines().toList());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Goes through the lines once. */
    private static final class Reader {
        private final String address;
        private final List<Client> clients = new ArrayList<>();
        private final StringBuilder paragraph = new StringBuilder();
        private List<Block> blocks = new ArrayList<>();
        private String group = "";

        Reader(String address) {
            this.address = address;
        }

        ClientGuide read(List<String> lines) {
            StringBuilder code = null;
            for (String line : lines) {
                if (code != null && line.startsWith(FENCE)) {
                    blocks.add(new Block(here(code.toString().stripTrailing()), List.of()));
                    code = null;
                } else if (code != null) {
                    code.append(line).append('\n');
                } else if (line.startsWith(FENCE)) {
                    endParagraph();
                    code = new StringBuilder();
                } else {
                    text(line);
                }
            }
            endParagraph();
            return new ClientGuide(clients.stream()
                    .filter(client -> !client.blocks().isEmpty())
                    .toList());
        }

        private void text(String line) {
            if (line.startsWith("## ")) {
                endParagraph();
                group = line.substring(3);
                blocks = new ArrayList<>();
            } else if (line.startsWith("### ")) {
                endParagraph();
                begin(line.substring(4));
            } else if (line.isBlank()) {
                endParagraph();
            } else {
                paragraph.append(line).append(' ');
            }
        }

        private void begin(String heading) {
            String name = heading.replace(TRIED, "");
            String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            blocks = new ArrayList<>();
            clients.add(new Client(id, name, group, heading.endsWith(TRIED), blocks));
        }

        private void endParagraph() {
            if (!paragraph.isEmpty()) {
                blocks.add(new Block("", spans(here(paragraph.toString().strip()))));
                paragraph.setLength(0);
            }
        }

        private String here(String text) {
            return text.replace(WRITTEN, address);
        }

        private static List<Span> spans(String text) {
            List<Span> spans = new ArrayList<>();
            Matcher mark = INLINE.matcher(text);
            int from = 0;
            while (mark.find()) {
                spans.add(new Span("text", text.substring(from, mark.start())));
                spans.add(
                        mark.group(1) != null
                                ? new Span("code", mark.group(1))
                                : mark.group(2) != null
                                        ? new Span("strong", mark.group(2))
                                        : new Span("text", mark.group(3)));
                from = mark.end();
            }
            spans.add(new Span("text", text.substring(from)));
            return spans.stream().filter(span -> !span.words().isEmpty()).toList();
        }
    }
}
