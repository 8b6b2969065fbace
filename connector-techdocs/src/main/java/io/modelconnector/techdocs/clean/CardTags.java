package io.modelconnector.techdocs.clean;

import io.modelconnector.techdocs.clean.CardOutline.Leaf;
import io.modelconnector.techdocs.clean.InlineScan.CodeSpan;
import io.modelconnector.techdocs.clean.InlineScan.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.commonmark.node.Heading;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a card: allowed ones that find their match stay, allowed ones that do not are taken out, comments too. Whatever
 * else looks like a tag is left for {@link TextSweep}, which makes text of it.
 */
final class CardTags {
    /** Lines indented by so much are code. */
    private static final int CODE_INDENT = 4;

    private final Edits edits;
    private final TagWriter writer;
    private final List<Tag> tags = new ArrayList<>();
    private final IdentityHashMap<Object, Deque<Tag>> open = new IdentityHashMap<>();
    private int markdownSeen;

    /** One tag of an allowed element, in the order of the card. */
    static final class Tag {
        final HtmlTag html;
        final int index;
        final int start;
        final int end;
        final Leaf leaf;
        /** How much Markdown comes before. */
        final int markdownBefore;

        final boolean insideLink;

        @Nullable
        Tag match;

        boolean dropped;
        boolean needsMarkdown;
        /** What the element is called from now on. */
        String name;

        Tag(HtmlTag html, int index, int start, int end, Leaf leaf, int markdownBefore, boolean insideLink) {
            this.html = html;
            this.index = index;
            this.start = start;
            this.end = end;
            this.leaf = leaf;
            this.markdownBefore = markdownBefore;
            this.insideLink = insideLink;
            this.name = html.name();
        }

        boolean opens() {
            return !html.closing() && !HtmlPolicy.isVoid(html.name());
        }

        /** The level if this begins a heading, else 0. */
        int headingLevel() {
            boolean heading = opens()
                    && !dropped
                    && html.name().length() == 2
                    && html.name().charAt(0) == 'h';
            return heading && Character.isDigit(html.name().charAt(1))
                    ? html.name().charAt(1) - '0'
                    : 0;
        }

        void rename(String other) {
            name = other;
            if (match != null) {
                match.name = other;
            }
        }
    }

    CardTags(Edits edits, LinkTargets targets) {
        this.edits = edits;
        this.writer = new TagWriter(edits, targets);
    }

    /** Something that is Markdown, not HTML, begins. */
    void noteMarkdown() {
        markdownSeen++;
    }

    void scan(Leaf leaf, List<CodeSpan> codeSpans, List<Link> links) {
        LeafText text = leaf.text();
        if (!leaf.isHtml()) {
            markdownSeen++;
        }
        String string = text.text();
        int span = 0;
        int link = 0;
        boolean comments = true;
        int i = Search.indexOf(string, '<', text.from(), text.to());
        while (i >= 0) {
            while (span < codeSpans.size() && codeSpans.get(span).end() <= i) {
                span++;
            }
            int next = i + 1;
            if (span < codeSpans.size() && codeSpans.get(span).start() <= i) {
                next = codeSpans.get(span).end();
            } else if (comments && string.startsWith("<!--", i)) {
                int close = Search.indexOf(string, "-->", i + 2, text.to());
                comments = close >= 0;
                if (comments) {
                    next = close + 3;
                    comment(text.inCard(i), text.inCard(next - 1) + 1);
                }
            } else {
                while (link < links.size()
                        && (links.get(link).image() || links.get(link).close() < i)) {
                    link++;
                }
                boolean insideLink = link < links.size() && links.get(link).start() < i;
                next = tag(leaf, string, i, insideLink);
            }
            i = Search.indexOf(string, '<', next, text.to());
        }
    }

    /** With its line if the lines around it show that nothing is glued together. */
    private void comment(int start, int end) {
        String card = edits.text();
        boolean ownLine = end < card.length()
                && card.charAt(end) == '\n'
                && (start == 0 || (start > 1 && card.charAt(start - 1) == '\n' && card.charAt(start - 2) == '\n'));
        edits.replace(start, ownLine ? end + 1 : end, "");
    }

    private int tag(Leaf leaf, String string, int at, boolean insideLink) {
        LeafText text = leaf.text();
        int autolink = leaf.isHtml() ? -1 : InlineScan.autolinkEnd(string, at, text.to());
        if (autolink > 0) {
            edits.settle(text.inCard(at), text.inCard(autolink - 1) + 1);
            return autolink;
        }
        HtmlTag html = HtmlTag.at(string, at, text.to());
        if (html == null || isEscaped(string, at, text.from())) {
            return at + 1;
        }
        Tag tag = new Tag(
                html, tags.size(), text.inCard(at), text.inCard(html.end() - 1) + 1, leaf, markdownSeen, insideLink);
        if (HtmlPolicy.isAllowed(html.name())) {
            tags.add(tag);
            match(tag);
        } else if (!writer.medium(tag)) {
            return at + 1;
        }
        return html.end();
    }

    private static boolean isEscaped(String text, int at, int from) {
        int i = at;
        while (i > from && text.charAt(i - 1) == '\\') {
            i--;
        }
        return (at - i) % 2 == 1;
    }

    private void match(Tag tag) {
        if (HtmlPolicy.isVoid(tag.html.name())) {
            tag.dropped = tag.html.closing();
            return;
        }
        Deque<Tag> stack = open.computeIfAbsent(tag.leaf.scope(), scope -> new ArrayDeque<>());
        if (!tag.html.closing()) {
            boolean anchorInAnchor = tag.html.name().equals("a")
                    && stack.stream().anyMatch(outer -> outer.html.name().equals("a"));
            tag.dropped = tag.html.selfClosing() || stack.size() >= CardOutline.DEEPEST || anchorInAnchor;
            if (!tag.dropped) {
                stack.push(tag);
            }
            return;
        }
        if (stack.stream().noneMatch(outer -> outer.html.name().equals(tag.html.name()))) {
            tag.dropped = true;
            return;
        }
        Tag opener = stack.pop();
        while (!opener.html.name().equals(tag.html.name())) {
            opener.dropped = !HtmlPolicy.hasOptionalEnd(opener.html.name());
            opener = stack.pop();
        }
        opener.match = tag;
        tag.match = opener;
    }

    /** Drops what found no match, and wrappers around Markdown: renderers do not look for Markdown inside of them. */
    List<Tag> settle() {
        open.values().forEach(stack -> stack.forEach(tag -> tag.dropped = true));
        for (Tag tag : tags) {
            Tag closer = tag.match;
            if (!tag.opens() || tag.dropped || closer == null) {
                continue;
            }
            if (closer.markdownBefore == tag.markdownBefore) {
                continue;
            }
            if (tag.html.name().equals("details")) {
                tag.needsMarkdown = true;
                continue;
            }
            tag.dropped = true;
            closer.dropped = true;
            if (tag.html.name().equals("table")) {
                tags.subList(tag.index, closer.index).stream()
                        .filter(inner -> HtmlPolicy.isTablePart(inner.html.name()))
                        .forEach(inner -> inner.dropped = true);
            }
        }
        return tags;
    }

    /** Takes the indentation out of what stood in a wrapper that is gone: it would be shown as code. */
    private void dedent() {
        for (Tag tag : tags) {
            if (tag.leaf.isHtml() && tag.dropped && beginsLeaf(tag)) {
                dedent(tag.leaf);
            }
        }
    }

    private static boolean beginsLeaf(Tag tag) {
        LeafText text = tag.leaf.text();
        return text.text()
                                .substring(text.from(), Math.min(text.to(), text.from() + 4))
                                .indexOf('<')
                        >= 0
                && text.inCard(text.text().indexOf('<', text.from())) == tag.start;
    }

    private void dedent(Leaf leaf) {
        String card = edits.text();
        boolean code = Search.indexOf(
                        leaf.text().text(),
                        "<pre",
                        leaf.text().from(),
                        leaf.text().to())
                >= 0;
        if (code) {
            return;
        }
        for (int line : leaf.text().cardStarts()) {
            int i = line;
            while (i < card.length() && (card.charAt(i) == ' ' || card.charAt(i) == '\t')) {
                i++;
            }
            if (i - line >= CODE_INDENT || card.startsWith("\t", line)) {
                edits.replace(line, i, "");
            }
        }
    }

    /** Writes all tags. */
    void write() {
        dedent();
        Tag anchor = null;
        Tag title = null;
        for (Tag tag : tags) {
            if (title != null && tag.start >= title.end) {
                title = null;
            }
            if (tag.headingLevel() > 0) {
                title = tag.match;
            }
            if (anchor != null && tag.start >= anchor.end) {
                anchor = null;
            }
            boolean insideAnchor = anchor != null || tag.insideLink;
            if (tag.html.name().equals("a") && tag.opens() && !tag.dropped) {
                anchor = tag.match;
                writer.anchor(tag);
            } else if (tag.html.name().equals("img")) {
                writer.image(tag, insideAnchor, title != null || tag.leaf.block() instanceof Heading);
            } else if (!(tag.html.name().equals("a") && tag.html.closing() && !tag.dropped)) {
                writer.plain(tag);
            }
        }
    }
}
