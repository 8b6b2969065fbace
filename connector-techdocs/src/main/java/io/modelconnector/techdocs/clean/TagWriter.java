package io.modelconnector.techdocs.clean;

import io.modelconnector.techdocs.clean.CardTags.Tag;
import io.modelconnector.techdocs.clean.HtmlTag.Attribute;
import io.modelconnector.techdocs.clean.LinkTargets.Kind;
import io.modelconnector.techdocs.clean.LinkTargets.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes tags so that every reader of HTML and Markdown sees the same ones: allowed attributes only, in double quotes. */
final class TagWriter {
    private static final int LONGEST_LABEL = 200;

    /** Elements around media, which leave no text behind. */
    private static final Set<String> MEDIA = Set.of("picture", "source", "video", "audio", "track");

    /** Punctuation that no renderer reads inside of an attribute. */
    private static final String QUIET_VALUE = " .,-#%/:;=+()?'@_";

    private final Edits edits;
    private final LinkTargets targets;

    TagWriter(Edits edits, LinkTargets targets) {
        this.edits = edits;
        this.targets = targets;
    }

    /** A tag that is neither an anchor that stays nor an image. */
    void plain(Tag tag) {
        if (tag.dropped && tag.match == null && HtmlPolicy.isToken(tag.html.name())) {
            // Becomes text with all else that is no tag.
            return;
        }
        edits.replace(tag.start, tag.end, tag.dropped ? "" : written(tag, attributes(tag)));
        boolean ends = tag.html.closing() || HtmlPolicy.isVoid(tag.html.name());
        if (ends && !tag.dropped && HtmlPolicy.isBlock(tag.html.name()) && isBeforeReference(tag.end)) {
            edits.insert(tag.end, "\n");
        }
    }

    /** Python-Markdown moves references that follow a block on its last line to another place. */
    private boolean isBeforeReference(int at) {
        String text = edits.text();
        int i = at;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '<') {
            if (text.charAt(i) == '&') {
                return true;
            }
            i++;
        }
        return false;
    }

    /** An anchor and the tag that ends it. */
    void anchor(Tag tag) {
        Tag closer = tag.match;
        if (closer == null) {
            edits.replace(tag.start, tag.end, "");
            return;
        }
        Map<String, String> attributes = attributes(tag);
        String href = tag.html.attribute("href");
        Target target = href == null ? null : targets.judge(href);
        String after = "";
        if (target != null && target.isFine()) {
            attributes.put("href", target.address());
        } else {
            attributes.remove("href");
            after = target == null ? "" : inParentheses(target.address());
        }
        boolean kept = attributes.containsKey("href") || attributes.containsKey("id") || attributes.containsKey("name");
        edits.replace(tag.start, tag.end, kept ? written(tag, attributes) : "");
        edits.replace(closer.start, closer.end, (kept ? "</a>" : "") + after);
    }

    /** An image, which stays, or becomes a link or text; in a title it is left out, which is not about the picture. */
    void image(Tag tag, boolean insideAnchor, boolean insideTitle) {
        String alt = tag.html.attribute("alt");
        String src = tag.html.attribute("src");
        String shown = tag.html.closing() ? "" : image(tag, alt == null ? "" : alt, src, insideAnchor);
        boolean icon = insideTitle && !shown.startsWith("<img") && hasTextBefore(tag);
        edits.replace(tag.start, tag.end, icon ? "" : shown);
    }

    /** Whether the line of a tag, or the one before, holds a word outside of tags: a title that is but a picture keeps its name. */
    private boolean hasTextBefore(Tag tag) {
        String text = edits.text();
        boolean inTag = false;
        int lines = 0;
        for (int i = tag.start - 1; i >= 0 && i > tag.start - LONGEST_LABEL && lines < 2; i--) {
            char c = text.charAt(i);
            if (c == '>') {
                inTag = true;
            } else if (c == '<') {
                inTag = false;
            } else if (c == '\n') {
                lines++;
            } else if (!inTag && Character.isLetterOrDigit(c)) {
                return true;
            }
        }
        return false;
    }

    private String image(Tag tag, String alt, @Nullable String src, boolean insideAnchor) {
        String label = alt.isBlank() ? "image" : Entities.label(alt, LONGEST_LABEL);
        if (src == null) {
            return alt.isBlank() ? "" : label;
        }
        if (LinkTargets.isData(src)) {
            return LinkTargets.isSmallPicture(src) ? picture(tag, src) : leftOut(alt, src.length());
        }
        Target target = targets.judge(src);
        if (!target.isFine()) {
            return target.kind() == Kind.RELATIVE ? label + inParentheses(target.address()) : label;
        }
        if (targets.isImageHost(target.address())) {
            return picture(tag, target.address());
        }
        return insideAnchor || target.address().startsWith("#") ? label : link(target.address(), label);
    }

    private String picture(Tag tag, String src) {
        Map<String, String> attributes = attributes(tag);
        attributes.put("src", src);
        return written(tag, attributes);
    }

    /** A tag around a video, a recording or the choice of a picture; false if it is none. */
    boolean medium(Tag tag) {
        if (!MEDIA.contains(tag.html.name())) {
            return false;
        }
        String src = tag.html.closing() || tag.html.name().equals("track") ? null : tag.html.attribute("src");
        Target target = src == null ? null : targets.judge(src);
        boolean linked = target != null && target.isFine() && !tag.insideLink;
        String label = tag.html.name().equals("audio") ? "audio" : "video";
        edits.replace(tag.start, tag.end, target != null && linked ? link(target.address(), label) : "");
        return true;
    }

    /** What stands for a picture that is not shown. */
    static String leftOut(String alt, int length) {
        String size = SizeLimit.size(length);
        String name = alt.isBlank() ? "" : ": " + alt.strip();
        return Entities.label("[image" + name + ", " + size + ", left out]", LONGEST_LABEL + 40);
    }

    /** An address that is no link, after the text that was one. */
    static String inParentheses(String address) {
        String label = Entities.label(address, LONGEST_LABEL);
        return label.isEmpty() ? "" : " (" + label + ")";
    }

    private static String link(String address, String label) {
        return "<a href=\"" + value(address) + "\">" + label + "</a>";
    }

    private static Map<String, String> attributes(Tag tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Attribute attribute : tag.html.attributes()) {
            String value = HtmlPolicy.attribute(tag.html.name(), attribute);
            if (value != null) {
                attributes.putIfAbsent(attribute.name(), value);
            }
        }
        if (tag.needsMarkdown) {
            attributes.put("markdown", "1");
        }
        return attributes;
    }

    private String written(Tag tag, Map<String, String> attributes) {
        if (tag.html.closing()) {
            return "</" + tag.name + ">";
        }
        List<String> parts = new ArrayList<>();
        parts.add("<" + tag.name);
        attributes.forEach((name, value) ->
                parts.add(value.isEmpty() && name.equals("open") ? name : name + "=\"" + value(value) + "\""));
        String source = edits.text().substring(tag.start, tag.end);
        String end = !tag.html.selfClosing() ? ">" : source.endsWith(" />") ? " />" : "/>";
        return String.join(" ", parts) + end;
    }

    private static String value(String value) {
        StringBuilder written = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '&') {
                written.append("&amp;");
            } else if (c < ' ') {
                written.append(' ');
            } else if (c >= 0x7f || Entities.isAlphanumeric(c) || QUIET_VALUE.indexOf(c) >= 0) {
                written.append(c);
            } else {
                written.append("&#").append((int) c).append(';');
            }
        }
        return written.toString().replace("::uml::", "&#58;:uml::");
    }
}
