package io.modelconnector.techdocs.clean;

import io.modelconnector.techdocs.clean.InlineScan.Link;
import io.modelconnector.techdocs.clean.LinkTargets.Kind;
import io.modelconnector.techdocs.clean.LinkTargets.Target;
import java.util.BitSet;
import java.util.List;

/** The links and images that are written in Markdown, and the definitions they refer to. */
final class CardLinks {
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_LONE = 200;

    private final Edits edits;
    private final CardOutline outline;
    private final LinkTargets targets;

    CardLinks(Edits edits, CardOutline outline, LinkTargets targets) {
        this.edits = edits;
        this.outline = outline;
        this.targets = targets;
    }

    /** The links of one block, inner ones first. In a title, pictures that cannot be shown are left out behind its words. */
    void links(LeafText leaf, List<Link> links, boolean title) {
        BitSet inAlt = inAlternativeText(links);
        int outer = 0;
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            if (inAlt.get(i)) {
                continue;
            }
            if (!link.image()) {
                link(leaf, link);
                continue;
            }
            while (outer < links.size()
                    && (links.get(outer).image() || links.get(outer).end() <= link.start())) {
                outer++;
            }
            boolean inside = outer < links.size() && links.get(outer).start() < link.start();
            image(leaf, link, inside, title && hasWordBefore(leaf, link));
        }
    }

    /** Which links are part of the alternative text of an image, of which nothing but text remains. */
    private static BitSet inAlternativeText(List<Link> links) {
        BitSet inside = new BitSet(links.size());
        int start = Integer.MAX_VALUE;
        for (int i = links.size() - 1; i >= 0; i--) {
            Link link = links.get(i);
            if (link.start() > start) {
                inside.set(i);
            } else if (link.image()) {
                start = link.start();
            }
        }
        return inside;
    }

    /** Brackets and backticks that open nothing: Python-Markdown looks for the end of each to the end of the block, which takes it hours if there are thousands. */
    void manyLone(LeafText leaf, List<Integer> openers) {
        if (openers.size() > MOST_LONE) {
            for (int opener : openers) {
                int at = leaf.inCard(opener);
                edits.replace(at, at + 1, "&#" + (int) edits.text().charAt(at) + ";");
            }
        }
    }

    private void link(LeafText leaf, Link link) {
        if (link.label() != null) {
            return;
        }
        String raw = leaf.text().substring(link.destStart(), link.destEnd());
        Target target = targets.judge(plain(raw));
        int start = leaf.inCard(link.start());
        int close = leaf.inCard(link.close());
        int end = leaf.inCard(link.end() - 1) + 1;
        if (target.isFine()) {
            edits.settle(close, end);
            rewrite(leaf, link, raw, target.address());
            return;
        }
        String label = label(leaf, link);
        boolean said = target.address().isEmpty() || label.strip().equals(target.address());
        edits.replace(start, start + 1, "");
        edits.replace(close, end, said ? "" : TagWriter.inParentheses(target.address()));
    }

    private void rewrite(LeafText leaf, Link link, String raw, String address) {
        boolean same = raw.equals(address) || raw.equals("<" + address + ">");
        if (!same && !raw.isEmpty()) {
            edits.replace(leaf.inCard(link.destStart()), leaf.inCard(link.destEnd() - 1) + 1, address);
        }
        String title = leaf.text().substring(link.destEnd(), link.end() - 1);
        if (!isPlainTitle(title)) {
            edits.replace(leaf.inCard(link.destEnd() - 1) + 1, leaf.inCard(link.end() - 1), "");
        }
    }

    /** Titles with markup in them are read differently everywhere. */
    private static boolean isPlainTitle(String title) {
        for (int i = 0; i < title.length(); i++) {
            if ("<>[]`{}\\\n!:".indexOf(title.charAt(i)) >= 0) {
                return false;
            }
        }
        String stripped = title.strip();
        return stripped.length() < 2 || stripped.indexOf(stripped.charAt(0), 1) == stripped.length() - 1;
    }

    private static boolean hasWordBefore(LeafText leaf, Link link) {
        int i = leaf.from();
        while (i < link.start() && !Character.isLetterOrDigit(leaf.text().charAt(i))) {
            i++;
        }
        return i < link.start();
    }

    private void image(LeafText leaf, Link link, boolean inside, boolean icon) {
        String alt = label(leaf, link);
        String label = alt.isBlank() ? "image" : Entities.label(alt, LONGEST_LABEL);
        int start = leaf.inCard(link.start());
        int end = leaf.inCard(link.end() - 1) + 1;
        String destination = destination(leaf, link);
        if (LinkTargets.isData(destination)) {
            boolean shown = LinkTargets.isSmallPicture(destination) && !inside;
            edits.replace(start, end, shown ? picture(alt, destination) : TagWriter.leftOut(alt, destination.length()));
            return;
        }
        Target target = targets.judge(destination);
        if (inside || !target.isFine()) {
            String path = !inside && target.kind() == Kind.RELATIVE ? TagWriter.inParentheses(target.address()) : "";
            edits.replace(start, end, label + path);
        } else if (targets.isImageHost(target.address())) {
            edits.replace(start, end, picture(leaf, link, alt, target.address()));
        } else if (icon) {
            edits.replace(start, end, "");
        } else {
            boolean kept = isPlainAlt(alt) && !alt.isBlank();
            edits.replace(start, end, "[" + (kept ? alt : label) + "](" + target.address() + ")");
        }
    }

    /** As it is written if every renderer reads that alike. */
    private String picture(LeafText leaf, Link link, String alt, String address) {
        String written = picture(alt, address);
        String stem = written.substring(0, written.length() - 1);
        boolean titled = link.label() == null
                && leaf.text().startsWith(stem, link.start())
                && isPlainTitle(leaf.text().substring(link.destEnd(), link.end() - 1));
        return titled ? leaf.text().substring(link.start(), link.end()) : written;
    }

    private static String picture(String alt, String address) {
        return "![" + (isPlainAlt(alt) ? alt : Entities.label(alt, LONGEST_LABEL)) + "]("
                + address.replace("(", "%28").replace(")", "%29") + ")";
    }

    private static boolean isPlainAlt(String alt) {
        for (int i = 0; i < alt.length(); i++) {
            if ("<>[]`{}\\\n!:*_&".indexOf(alt.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Not more of it than can be shown: labels may hold each other. */
    private static String label(LeafText leaf, Link link) {
        int start = link.labelStart();
        return leaf.text().substring(start, Math.min(link.close(), start + 2 * LONGEST_LABEL));
    }

    private String destination(LeafText leaf, Link link) {
        String label = link.label();
        return label == null
                ? plain(leaf.text().substring(link.destStart(), link.destEnd()))
                : outline.destination(label);
    }

    /** A destination as a reader of CommonMark understands it. */
    private static String plain(String raw) {
        String inner = raw.startsWith("<") && raw.endsWith(">") ? raw.substring(1, raw.length() - 1) : raw;
        if (inner.indexOf('\\') >= 0) {
            StringBuilder plain = new StringBuilder(inner.length());
            for (int i = 0; i < inner.length(); i++) {
                char c = inner.charAt(i);
                boolean escape = c == '\\' && i + 1 < inner.length() && isPunctuation(inner.charAt(i + 1));
                if (!escape) {
                    plain.append(c);
                } else {
                    i++;
                    plain.append(inner.charAt(i));
                }
            }
            inner = plain.toString();
        }
        return Entities.decode(inner);
    }

    private static boolean isPunctuation(char c) {
        return c > ' ' && c < 0x7f && !Entities.isAlphanumeric(c);
    }

    /** A definition stays if its destination may; else it becomes text. */
    void definition(CardOutline.Definition definition) {
        String text = edits.text();
        int start = definition.start();
        int bracket = text.indexOf('[', start);
        int colon = labelEnd(text, bracket, definition.end());
        if (bracket < 0 || colon < 0) {
            return;
        }
        int destStart = colon + 1;
        while (destStart < definition.end() && " \t\n>".indexOf(text.charAt(destStart)) >= 0) {
            destStart++;
        }
        int destEnd = destStart;
        while (destEnd < definition.end() && " \t\n".indexOf(text.charAt(destEnd)) < 0) {
            destEnd++;
        }
        String raw = text.substring(destStart, destEnd);
        Target target = targets.judge(definition.block().getDestination());
        if (!target.isFine() || (raw.contains(">") && !raw.startsWith("<"))) {
            edits.replace(bracket, bracket + 1, "&#91;");
            return;
        }
        if (raw.equals(target.address()) || raw.equals("<" + target.address() + ">")) {
            edits.settle(colon - 1, destEnd);
        } else {
            int end = raw.startsWith("<") ? Math.max(destEnd, text.indexOf('>', destStart) + 1) : destEnd;
            edits.replace(destStart, end, target.address());
            edits.settle(colon - 1, destStart);
        }
    }

    private static int labelEnd(String text, int bracket, int to) {
        for (int i = bracket + 1; i < to; i++) {
            char c = text.charAt(i);
            if (c == ']') {
                return i + 1 < to && text.charAt(i + 1) == ':' ? i + 1 : -1;
            }
            if (c == '\\') {
                i++;
            }
        }
        return -1;
    }
}
