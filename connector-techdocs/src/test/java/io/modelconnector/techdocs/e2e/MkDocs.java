package io.modelconnector.techdocs.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A MkDocs with the extensions that somebody who shows model cards has switched on. */
enum MkDocs {
    /** Debian's, with what comes with Python-Markdown itself. */
    PLAIN("/usr/bin/mkdocs", """
        markdown_extensions: [md_in_html, attr_list, footnotes, def_list, abbr, admonition, meta]
        """),
    /** Debian's, with Debian's PyMdown extensions as TechDocs has them. */
    PYMDOWN("/usr/bin/mkdocs", """
        markdown_extensions:
          - admonition
          - md_in_html
          - toc: {permalink: true}
          - pymdownx.details
          - pymdownx.tabbed: {alternate_style: true}
          - pymdownx.caret
          - pymdownx.critic
          - pymdownx.emoji: {emoji_generator: !!python/name:pymdownx.emoji.to_svg }
          - pymdownx.inlinehilite
          - pymdownx.magiclink
          - pymdownx.mark
          - pymdownx.smartsymbols
          - pymdownx.snippets
          - pymdownx.highlight: {linenums: true, pygments_lang_class: true}
          - pymdownx.extra
          - pymdownx.tasklist: {custom_checkbox: true}
          - pymdownx.tilde
        """),
    /** Backstage's, as Red Hat's reader of model cards configures it. */
    TECHDOCS("", "plugins: [techdocs-core]\n"),
    /** Backstage's, with the macros plugin that many documentation sites have. */
    MACROS("", "plugins: [techdocs-core, macros]\n");

    private static final Duration BUILD = Duration.ofMinutes(5);

    private final String program;
    private final String settings;

    MkDocs(String program, String settings) {
        this.program = program;
        this.settings = settings;
    }

    /** The page of a card in a built site. */
    static String page(String card) {
        return card + ".html";
    }

    /**
     * Builds one site with a page for each card.
     *
     * @param target the build directory, where the Python environment is
     * @param directory where the site is to be; emptied first
     * @param cards texts by name; a name is letters, digits and hyphens
     * @return the directory of the finished pages
     * @throws CardBuildException if no site comes out, with the cards that prevent it
     */
    Path build(Path target, Path directory, SortedMap<String, String> cards) throws IOException {
        RenderingTools.Outcome outcome = attempt(target, directory, cards);
        if (outcome.exit() != 0) {
            Map<String, String> culprits = new LinkedHashMap<>();
            search(target, directory.resolveSibling(directory.getFileName() + "-search"), cards, culprits);
            throw new CardBuildException(this, culprits, outcome.output());
        }
        return directory.resolve("site");
    }

    private void search(Path target, Path directory, SortedMap<String, String> cards, Map<String, String> culprits)
            throws IOException {
        RenderingTools.Outcome outcome = attempt(target, directory, cards);
        if (outcome.exit() == 0) {
            return;
        }
        if (cards.size() == 1) {
            culprits.put(cards.firstKey(), lastLines(outcome.output()));
            return;
        }
        String middle = new ArrayList<>(cards.keySet()).get(cards.size() / 2);
        search(target, directory, cards.headMap(middle), culprits);
        search(target, directory, cards.tailMap(middle), culprits);
    }

    private RenderingTools.Outcome attempt(Path target, Path directory, SortedMap<String, String> cards)
            throws IOException {
        empty(directory);
        Path docs = Files.createDirectories(directory.resolve("docs"));
        StringBuilder nav = new StringBuilder();
        for (Map.Entry<String, String> card : new TreeMap<>(cards).entrySet()) {
            Files.write(docs.resolve(card.getKey() + ".md"), card.getValue().getBytes(UTF_8));
            nav.append("  - ")
                    .append(card.getKey())
                    .append(": ")
                    .append(card.getKey())
                    .append(".md\n");
        }
        Files.writeString(
                directory.resolve("mkdocs.yml"),
                "site_name: Model Card\nuse_directory_urls: false\n" + settings + "nav:\n" + nav);
        return RenderingTools.run(directory, BUILD, List.of(program(target), "build", "-q", "-d", "site"));
    }

    private String program(Path target) {
        return program.isEmpty()
                ? RenderingTools.pythonEnvironment(target).resolve("bin/mkdocs").toString()
                : program;
    }

    private static String lastLines(String output) {
        List<String> lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }

    private static void empty(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** No site came out. */
    static final class CardBuildException extends IOException {
        private static final long serialVersionUID = 1L;

        final transient Set<String> culprits;

        CardBuildException(MkDocs mkDocs, Map<String, String> culprits, String output) {
            super(mkDocs + " builds no site because of " + (culprits.isEmpty() ? "all cards together" : culprits) + "\n"
                    + lastLines(output));
            this.culprits = Set.copyOf(culprits.keySet());
        }
    }
}
