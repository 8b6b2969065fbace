package io.modelconnector.core.endpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document, read more strictly than any browser does: each element is closed where it was opened, each attribute is quoted
 * or has no value, and no text has a bare bracket or ampersand in it.
 */
final class HtmlDocument {
    private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr", "img");
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s[^<>]*)?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\s+([a-z-]+)(?:=\"([^\"<>]*)\")?");
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");

    /**
     * An element.
     *
     * @param text all text in it
     */
    record Element(String tag, Map<String, String> attributes, StringBuilder text) {
        String attribute(String name) {
            return attributes.getOrDefault(name, "");
        }
    }

    private final List<Element> elements = new ArrayList<>();

    private HtmlDocument() {}

    static HtmlDocument parse(String html) {
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        HtmlDocument document = new HtmlDocument();
        document.read(html.substring(html.indexOf('\n')));
        return document;
    }

    /** All elements of a kind, in order. */
    List<Element> all(String tag) {
        return elements.stream().filter(each -> each.tag().equals(tag)).toList();
    }

    List<Element> all() {
        return elements;
    }

    Element one(String tag) {
        assertThat(all(tag)).as(tag).hasSize(1);
        return all(tag).get(0);
    }

    /** All texts of elements of a kind, in order. */
    List<String> texts(String tag) {
        return all(tag).stream().map(each -> each.text().toString().strip()).toList();
    }

    private void read(String html) {
        Deque<Element> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(html);
        int at = 0;
        while (tag.find(at)) {
            text(html.substring(at, tag.start()), open);
            at = tag.end();
            String name = tag.group(2);
            if (!tag.group(1).isEmpty()) {
                assertThat(open).as("what </%s> closes", name).isNotEmpty();
                assertThat(open.pop().tag()).isEqualTo(name);
                continue;
            }
            Element element = new Element(name, attributes(tag.group(3)), new StringBuilder());
            elements.add(element);
            if (name.equals("script") || name.equals("style")) {
                int end = html.indexOf("</" + name + ">", at);
                element.text().append(html, at, end);
                at = end + name.length() + 3;
            } else if (!VOID.contains(name)) {
                open.push(element);
            }
        }
        text(html.substring(at), open);
        assertThat(open).as("elements that are not closed").isEmpty();
    }

    private static void text(String text, Deque<Element> open) {
        String decoded = decode(text);
        open.forEach(element -> element.text().append(decoded));
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        int at = 0;
        while (at < text.length() && attribute.find(at)) {
            assertThat(attribute.start()).as("attributes in <%s>", text).isEqualTo(at);
            assertThat(attributes).doesNotContainKey(attribute.group(1));
            attributes.put(attribute.group(1), attribute.group(2) == null ? "" : decode(attribute.group(2)));
            at = attribute.end();
        }
        assertThat(at).as("attributes in <%s>", text).isEqualTo(text.length());
        return attributes;
    }

    private static String decode(String text) {
        assertThat(text).doesNotContain("<", ">");
        assertThat(ENTITY.matcher(text).replaceAll("")).doesNotContain("&");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
