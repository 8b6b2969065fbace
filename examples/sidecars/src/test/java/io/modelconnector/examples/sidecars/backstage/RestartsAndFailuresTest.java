package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.noted;
import static io.modelconnector.examples.sidecars.backstage.Entries.store;
import static io.modelconnector.examples.sidecars.backstage.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.store.PortalRegistration;
import io.modelconnector.examples.sidecars.backstage.FakeBackstage.Answer;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, and whenever the process ends, in the end Backstage has what the store has. */
class RestartsAndFailuresTest {
    private final ReconcilerFixture fixture = new ReconcilerFixture();
    private final FakeBackstage backstage = fixture.backstage;
    private final WatchedStore entries = fixture.entries;
    private final Set<EntryKey> keys = new TreeSet<>();

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void backstageHasWhatTheStoreHasInTheEnd(long seed) throws Exception {
        Random random = new Random(seed);
        for (int step = 0; step < 80; step++) {
            change(random);
            goWrong(random);
            PassResult unused = fixture.pass();
        }
        backstage.isUp();
        entries.isUnwritable(false);
        entries.isUnreadable(false);

        assertThat(fixture.pass().failure()).isNull();
        assertThat(fixture.pass().leftover()).isEmpty();
        fixture.pass();

        assertThat(backstage.targets())
                .containsExactlyElementsOf(
                        keys.stream().map(Entries::target).sorted().toList());
        for (EntryKey key : keys) {
            assertThat(noted(entries, key))
                    .isEqualTo(new PortalRegistration(backstage.idOf(target(key)), target(key), true));
        }
    }

    private void change(Random random) throws InterruptedException {
        EntryKey key = new EntryKey("granite-" + random.nextInt(12), "v1");
        if (!keys.remove(key)) {
            keys.add(key);
        }
        store(entries, keys.toArray(EntryKey[]::new));
    }

    private void goWrong(Random random) {
        switch (random.nextInt(8)) {
            case 0 -> backstage.isDown();
            case 1 -> backstage.losesItsDatabase();
            case 2 -> backstage.losesAnswers(() -> chance(random, 3));
            case 3 -> backstage.fails((method, path, body) -> chance(random, 4) ? Answer.status(503) : null);
            case 4 -> entries.isUnwritable(random.nextBoolean());
            case 5 -> entries.isUnreadable(random.nextBoolean());
            case 6 -> fixture.restart();
            default -> backstage.isUp();
        }
    }

    private static boolean chance(Random random, int of) {
        return random.nextInt(of) == 0;
    }
}
