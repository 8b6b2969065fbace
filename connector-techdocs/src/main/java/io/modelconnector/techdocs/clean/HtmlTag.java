package io.modelconnector.techdocs.clean;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One tag of HTML as it stands in a card.
 *
 * @param name in lower case
 * @param end the position after it
 */
record HtmlTag(String name, boolean closing, boolean selfClosing, List<Attribute> attributes, int end) {
    /** More are not read, so that a card full of quotes is read but a few times. */
    private static final int MOST_ATTRIBUTES = 32;

    /** One attribute, its name in lower case, its value with references resolved; null if it has none. */
    record Attribute(String name, @Nullable String value) {}

    /** The tag that begins at a position, or null if what is there is no whole tag. */
    static @Nullable HtmlTag at(String text, int start, int to) {
        int i = start + 1;
        boolean closing = i < to && text.charAt(i) == '/';
        if (closing) {
            i++;
        }
        int nameStart = i;
        while (i < to && isNamePart(text.charAt(i), i == nameStart)) {
            i++;
        }
        if (i == nameStart || i - nameStart > 40) {
            return null;
        }
        String name = text.substring(nameStart, i).toLowerCase(Locale.ROOT);
        List<Attribute> attributes = new ArrayList<>(2);
        while (i < to) {
            int after = skipBlanks(text, i, to);
            if (after == to) {
                return null;
            }
            char c = text.charAt(after);
            if (c == '>') {
                return new HtmlTag(name, closing, false, attributes, after + 1);
            }
            if (c == '/' && after + 1 < to && text.charAt(after + 1) == '>') {
                return new HtmlTag(name, closing, true, attributes, after + 2);
            }
            if (after == i || attributes.size() == MOST_ATTRIBUTES) {
                return null;
            }
            i = attribute(text, after, to, attributes);
            if (i < 0) {
                return null;
            }
        }
        return null;
    }

    private static int attribute(String text, int start, int to, List<Attribute> attributes) {
        int i = start;
        while (i < to && isAttributeNamePart(text.charAt(i))) {
            i++;
        }
        if (i == start || i == to || i - start > 64) {
            return -1;
        }
        String name = text.substring(start, i).toLowerCase(Locale.ROOT);
        int equals = skipBlanks(text, i, to);
        if (equals == to || text.charAt(equals) != '=') {
            attributes.add(new Attribute(name, null));
            return i;
        }
        int valueStart = skipBlanks(text, equals + 1, to);
        if (valueStart == to) {
            return -1;
        }
        char quote = text.charAt(valueStart);
        int valueEnd;
        if (quote == '"' || quote == '\'') {
            valueStart++;
            valueEnd = valueStart;
            while (valueEnd < to && text.charAt(valueEnd) != quote) {
                valueEnd++;
            }
            if (valueEnd == to) {
                return -1;
            }
            i = valueEnd + 1;
        } else {
            valueEnd = valueStart;
            while (valueEnd < to && isBareValuePart(text.charAt(valueEnd))) {
                valueEnd++;
            }
            if (valueEnd == valueStart) {
                return -1;
            }
            i = valueEnd;
        }
        attributes.add(new Attribute(name, Entities.decode(text.substring(valueStart, valueEnd))));
        return i;
    }

    private static int skipBlanks(String text, int start, int to) {
        int i = start;
        while (i < to && (text.charAt(i) == ' ' || text.charAt(i) == '\n' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static boolean isNamePart(char c, boolean first) {
        return Entities.isLetter(c) || (!first && (Entities.isAlphanumeric(c) || c == '-'));
    }

    private static boolean isAttributeNamePart(char c) {
        return Entities.isAlphanumeric(c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '@';
    }

    private static boolean isBareValuePart(char c) {
        return c > ' ' && "\"'=<>`".indexOf(c) < 0;
    }

    /** The value of an attribute, or null if it is missing or has none. */
    @Nullable
    String attribute(String wanted) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(wanted)) {
                return attribute.value();
            }
        }
        return null;
    }

    boolean has(String wanted) {
        return attributes.stream().anyMatch(attribute -> attribute.name().equals(wanted));
    }
}
