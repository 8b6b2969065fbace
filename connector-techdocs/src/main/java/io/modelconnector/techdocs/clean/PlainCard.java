package io.modelconnector.techdocs.clean;

/** A card as text: for one that cannot be shown in another way, so that it is not lost. */
final class PlainCard {
    private static final int LONGEST_TITLE = 120;
    private static final String CUT = "\n\nThe rest is left out.";

    private PlainCard() {}

    /** The title if the card has one, then all of it on one line of HTML, not longer than {@code room} characters. */
    static String of(String card, int room) {
        String title = title(card);
        String heading = title.isEmpty() ? "" : "# " + title + "\n\n";
        int space = room - heading.length() - 64;
        String text = Entities.encodeWithin(card.stripTrailing(), space);
        boolean cut = text.length() >= space;
        return heading + "<pre>" + text + (cut ? Entities.encodeWithin(CUT, 100) : "") + "</pre>\n";
    }

    private static String title(String card) {
        int line = 0;
        while (line < card.length()) {
            int end = card.indexOf('\n', line);
            int lineEnd = end < 0 ? card.length() : end;
            if (card.startsWith("# ", line)) {
                return Entities.label(
                        card.substring(line + 2, Math.min(lineEnd, line + 2 + LONGEST_TITLE)), LONGEST_TITLE);
            }
            line = lineEnd + 1;
        }
        return "";
    }
}
