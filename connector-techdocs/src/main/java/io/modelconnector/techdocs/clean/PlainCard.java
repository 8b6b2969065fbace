package io.modelconnector.techdocs.clean;

/** A card as text: for one that cannot be shown in another way, so that it is not lost. */
final class PlainCard {
    private static final int LONGEST_TITLE = 120;
    /** Room for the note and the tags. */
    private static final int NOTE = 128;

    private PlainCard() {}

    /**
     * The title if the card has one, then all of it on one line of HTML, not longer than {@code room} characters.
     *
     * @param length how long the card is as it came, in bytes, for the note that says that not all of it is shown
     */
    static String of(String card, long length, int room) {
        String title = title(card);
        String heading = title.isEmpty() ? "" : "# " + title + "\n\n";
        int space = room - heading.length() - NOTE;
        String text = Entities.encodeWithin(card.stripTrailing(), space);
        String note = text.length() < space
                ? ""
                : "*This card is shown as text and cut: it is " + SizeLimit.size(length) + " long.*\n\n";
        return heading + note + "<pre>" + text + "</pre>\n";
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
