package io.modelconnector.techdocs.clean;

import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.Document;
import org.commonmark.node.Heading;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;

/** Leaves one title to a card: the first heading of the first level. If there are more, everything else moves one level down. */
final class CardHeadings {
    private static final int LOWEST = 6;

    private static final String SETTINGS = "__config";
    private static final int LONGEST_NAME = 500;
    private static final Pattern NOT_SHOWN = Pattern.compile("]\\([^)]*\\)|<[^>]*>");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_ -]");

    private final Edits edits;
    private final String text;

    CardHeadings(Edits edits) {
        this.edits = edits;
        this.text = edits.text();
    }

    void level(List<CardOutline.Title> headings, List<CardTags.Tag> tags) {
        int title = Integer.MAX_VALUE;
        int titles = 0;
        for (CardOutline.Title heading : headings) {
            if (heading.block().getLevel() == 1) {
                titles++;
                title = Math.min(title, start(heading));
            }
        }
        for (CardTags.Tag tag : tags) {
            if (tag.headingLevel() == 1) {
                titles++;
                title = Math.min(title, tag.start);
            }
        }
        if (titles < 2) {
            return;
        }
        for (CardOutline.Title heading : headings) {
            if (start(heading) != title && heading.block().getLevel() < LOWEST) {
                lower(heading);
            }
        }
        for (CardTags.Tag tag : tags) {
            int level = tag.headingLevel();
            if (level > 0 && level < LOWEST && tag.start != title) {
                tag.rename("h" + (level + 1));
            }
        }
    }

    /** Python-Markdown sees a heading only at the left edge. */
    void dedent(List<CardOutline.Title> headings) {
        for (CardOutline.Title heading : headings) {
            if (heading.lines().size() > 1 || !(heading.block().getParent() instanceof Document)) {
                continue;
            }
            int start = start(heading);
            int line = text.lastIndexOf('\n', start - 1) + 1;
            int hash = text.indexOf('#', start);
            if (hash > line && text.substring(line, hash).isBlank()) {
                edits.replace(line, hash, "");
            }
        }
    }

    private static int start(CardOutline.Title heading) {
        return heading.lines().get(0).getInputIndex();
    }

    private void lower(CardOutline.Title heading) {
        List<SourceSpan> lines = heading.lines();
        if (lines.size() == 1) {
            edits.insert(text.indexOf('#', start(heading)), "#");
            return;
        }
        SourceSpan underline = lines.get(lines.size() - 1);
        int start = underline.getInputIndex();
        int end = start + underline.getLength();
        if (heading.block().getLevel() == 1) {
            edits.replace(start, end, text.substring(start, end).replace('=', '-'));
            return;
        }
        edits.insert(start(heading), "### ");
        for (int i = 1; i < lines.size(); i++) {
            SourceSpan before = lines.get(i - 1);
            boolean last = i == lines.size() - 1;
            int contentEnd = before.getInputIndex() + before.getLength();
            edits.replace(contentEnd, last ? end : lines.get(i).getInputIndex(), last ? "" : " ");
        }
    }

    /** Gives a heading another name than the theme's settings have: its script reads them from whatever comes first. */
    void rename(CardOutline.Leaf leaf) {
        LeafText lines = leaf.text();
        if (!(leaf.block() instanceof Heading) || lines.to() - lines.from() > LONGEST_NAME) {
            return;
        }
        String shown = Entities.decode(NOT_SHOWN
                .matcher(lines.text().substring(lines.from(), lines.to()))
                .replaceAll(""));
        if (NOT_IN_NAMES.matcher(shown.strip()).replaceAll("").equalsIgnoreCase(SETTINGS)) {
            edits.insert(lines.inCard(lines.from()), "&#45; ");
        }
    }

    /** Python-Markdown makes a heading of a line that begins with a hash, blank or not. */
    void escapeHashes(CardOutline.Leaf leaf) {
        if (!(leaf.block() instanceof Paragraph)) {
            return;
        }
        for (int start : leaf.text().cardStarts()) {
            if (start < text.length() && text.charAt(start) == '#' && !edits.isSettled(start)) {
                edits.insert(start, "\\");
            }
        }
    }
}
