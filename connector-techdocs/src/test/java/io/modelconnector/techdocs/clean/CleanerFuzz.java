package io.modelconnector.techdocs.clean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cleans generated and mutated cards for some minutes and stops at the first one that goes wrong. Not part of the build:
 * {@code java … CleanerFuzz <minutes> <seed> [directory of cards to mutate]}.
 */
final class CleanerFuzz {
    private static final URI ORIGIN = URI.create("https://good.example/org/model/resolve/main/");
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private CleanerFuzz() {}

    public static void main(String[] arguments) {
        Duration time = Duration.ofMillis((long) (Double.parseDouble(arguments[0]) * 60_000));
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<String> fixtures = arguments.length > 2 ? read(Path.of(arguments[2])) : List.of();
        GeneratedCards cards = new GeneratedCards(seed);
        ModelCardCleaner cleaner = ModelCardCleaner.defaults();
        long start = System.nanoTime();
        long count = 0;
        long asText = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            boolean mutate = !fixtures.isEmpty() && count % 4 == 0;
            String card = mutate ? cards.mutated(fixtures.get((int) (count / 4 % fixtures.size()))) : cards.next();
            List<String> faults = new ArrayList<>();
            long before = System.nanoTime();
            for (URI origin : new URI[] {null, ORIGIN}) {
                String clean = cleaner.clean(card, origin).markdown();
                asText += clean.contains("<pre>") && !clean.contains("<pre><code>") && !card.contains("<pre>") ? 1 : 0;
                if (cleaner.clean(clean, origin).changed()) {
                    faults.add("cleaning it again changes it");
                }
                faults.addAll(CleanCardRules.broken(clean));
            }
            if (System.nanoTime() - before > 4 * LONGEST.toNanos()) {
                faults.add("it takes long");
            }
            if (!faults.isEmpty()) {
                System.out.println("card " + count + " of seed " + seed + ": " + faults);
                System.out.println(card);
                System.exit(1);
            }
            count++;
        }
        System.out.println("seed " + seed + ": " + count + " cards, no fault; " + asText + " times shown as text");
    }

    private static List<String> read(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> cards = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                cards.add(CardDecoder.decode(Files.readAllBytes(file)));
            }
            return cards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
