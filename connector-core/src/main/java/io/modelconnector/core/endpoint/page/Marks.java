package io.modelconnector.core.endpoint.page;

import io.modelconnector.core.feed.HealthStatus;

/** Writes how things are: always in words, with a sign and a colour beside them. */
final class Marks {
    private Marks() {}

    /** How a source, a part of one, or the store is. */
    static void status(Html html, HealthStatus status) {
        switch (status) {
            case UP -> mark(html, "good", "✓", "Up to date");
            case STALE -> mark(html, "warn", "▲", "Stale");
            case DOWN -> mark(html, "bad", "✕", "Down");
            case UNKNOWN -> mark(html, "none", "…", "Not read yet");
        }
    }

    static void stale(Html html) {
        mark(html, "warn", "▲", "Stale");
    }

    static void served(Html html) {
        mark(html, "good", "✓", "Served");
    }

    static void problems(Html html, int count) {
        mark(html, "bad", "✕", Numbers.count(count, "problem", "problems"));
    }

    static void mark(Html html, String kind, String sign, String words) {
        html.open("span", "class", "mark " + kind)
                .element("span", sign, "aria-hidden", "true")
                .text(" " + words)
                .close("span");
    }

    /** The first part of a text that is too long for where it stands. */
    static String beginning(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(characters - 1)) ? characters - 1 : characters;
        return text.substring(0, end).stripTrailing() + "…";
    }
}
