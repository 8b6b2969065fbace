package io.modelconnector.techdocs.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The cards of a folder of the test resources, as bytes by name. */
final class CardCorpus {
    /** What every hostile card ends with: whatever it tries, it must not take its text from the reader. */
    static final String END = "The end of this card is here.";

    private CardCorpus() {}

    static SortedMap<String, byte[]> hostile() throws IOException {
        return cards("hostile");
    }

    static SortedMap<String, byte[]> typical() throws IOException {
        return cards("typical");
    }

    private static SortedMap<String, byte[]> cards(String folder) throws IOException {
        SortedMap<String, byte[]> cards = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/cards", folder))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".md")) {
                    cards.put(name.substring(0, name.length() - ".md".length()), Files.readAllBytes(file));
                }
            }
        }
        return cards;
    }
}
