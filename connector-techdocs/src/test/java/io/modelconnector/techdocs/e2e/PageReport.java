package io.modelconnector.techdocs.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * What a page did in the browser.
 *
 * @param scripts what of a card's own script ran: calls of the sentinel and dialogs
 * @param requests addresses asked for, other than the site's own
 * @param suspects elements and attributes of the finished document that a card has no use for
 * @param errors uncaught errors of the page's scripts
 * @param text what can be read on the page, closed details opened
 * @param prose the same without code
 */
record PageReport(
        List<String> scripts,
        List<String> requests,
        List<String> suspects,
        List<String> errors,
        String text,
        String prose) {

    /** What this page did that an innocent page of the same site, with the theme's own scripts and fonts, does not do. */
    List<String> misdeeds(PageReport innocent) {
        List<String> misdeeds = new ArrayList<>();
        scripts.forEach(script -> misdeeds.add("ran a script: " + script));
        less(requests, innocent.requests, true).forEach(url -> misdeeds.add("asked for " + url));
        less(suspects, innocent.suspects, false).forEach(suspect -> misdeeds.add("holds " + suspect));
        less(errors, innocent.errors, true).forEach(error -> misdeeds.add("broke the site's script: " + error));
        return misdeeds;
    }

    /** The theme asks for a font as often as it likes, but has its form once: a second one is somebody else's. */
    private static List<String> less(List<String> found, List<String> innocent, boolean anyNumber) {
        List<String> rest = new ArrayList<>(found);
        for (String each : innocent) {
            if (anyNumber) {
                rest.removeIf(each::equals);
            } else {
                rest.remove(each);
            }
        }
        return rest;
    }
}
