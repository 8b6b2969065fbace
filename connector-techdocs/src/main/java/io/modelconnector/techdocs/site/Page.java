package io.modelconnector.techdocs.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A Markdown page that grows by blocks. Not thread-safe. */
final class Page {
    private static final Parser PARSER = Parser.builder().build();

    private final StringBuilder text = new StringBuilder();
    private final UnaryOperator<String> cleaning;
    private final List<String> facts = new ArrayList<>();

    /**
     * An empty page.
     *
     * @param cleaning makes longer texts of authors fit to be shown
     */
    Page(UnaryOperator<String> cleaning) {
        this.cleaning = cleaning;
    }

    /** Adds a model card that is fit to be shown, below its own title or, if it has none, another. */
    void card(String title, @Nullable String card) {
        Node document = card == null ? null : PARSER.parse(card);
        if (document == null || !hasTitle(document)) {
            heading(1, title);
        }
        if (card != null && document != null) {
            block(closed(card, document));
        }
    }

    /** Adds a heading. */
    void heading(int level, String title) {
        block("#".repeat(level) + ' ' + MarkdownText.escape(title));
    }

    /** Adds a longer text of an author. */
    void text(@Nullable String markdown) {
        shown(markdown).ifPresent(this::block);
    }

    /** Adds a longer text of an author below a heading, if there is anything of it to be shown. */
    void section(int level, String title, @Nullable String markdown) {
        shown(markdown).ifPresent(shown -> {
            heading(level, title);
            block(shown);
        });
    }

    private Optional<String> shown(@Nullable String markdown) {
        if (markdown == null || markdown.isBlank()) {
            return Optional.empty();
        }
        Optional<String> link = MarkdownText.webUrl(markdown).map(url -> '<' + url + '>');
        if (link.isPresent()) {
            return link;
        }
        String shown = cleaning.apply(markdown);
        return shown.isBlank() ? Optional.empty() : Optional.of(closed(shown, PARSER.parse(shown)));
    }

    /**
     * Notes a fact for the list that {@link #facts()} adds.
     *
     * @param label what it is, as Markdown
     * @param value the fact, as Markdown; without one there is nothing to note
     */
    void fact(String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add("- **" + label + ":** " + value);
        }
    }

    /** Adds the facts that were noted since the last list. */
    void facts() {
        if (!facts.isEmpty()) {
            block(String.join("\n", facts));
            facts.clear();
        }
    }

    /** Adds something that is Markdown already. */
    void block(String markdown) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(markdown.strip()).append('\n');
    }

    /** The page, of which MkDocs takes nothing for settings, as it does with {@code name: value} on the first line. */
    String markdown() {
        return text.indexOf("#") == 0 ? text.toString() : "\n" + text;
    }

    private static boolean hasTitle(Node document) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading) {
                return heading.getLevel() == 1;
            }
        }
        return false;
    }

    /** A text in whose last block nothing that follows is caught. */
    private static String closed(String markdown, Node document) {
        if (document.getLastChild() instanceof FencedCodeBlock block && block.getClosingFenceLength() == null) {
            Integer length = block.getOpeningFenceLength();
            return markdown.stripTrailing() + '\n' + block.getFenceCharacter().repeat(length == null ? 3 : length);
        }
        return markdown;
    }
}
