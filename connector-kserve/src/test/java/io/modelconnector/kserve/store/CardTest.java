package io.modelconnector.kserve.store;

import static io.modelconnector.kserve.store.StoreFixture.FIRST;
import static io.modelconnector.kserve.store.StoreFixture.base64;
import static io.modelconnector.kserve.store.StoreFixture.card;
import static io.modelconnector.kserve.store.StoreFixture.entry;
import static io.modelconnector.kserve.store.StoreFixture.keepOnly;
import static io.modelconnector.kserve.store.StoreFixture.keys;
import static io.modelconnector.kserve.store.StoreFixture.withCard;
import static io.modelconnector.kserve.store.StoreFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ContentDigest;
import io.modelconnector.core.source.Problem;
import io.modelconnector.core.store.StoredCard;
import io.modelconnector.core.store.StoredEntry;
import io.modelconnector.kserve.testing.FakeApiServer;
import io.modelconnector.kserve.testing.Json;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Model cards in ConfigMaps of their own. */
class CardTest {
    private static final String CARDS = FIRST + "-cards-0";
    private static final String MORE_CARDS = FIRST + "-cards-1";
    private static final String KEY = "catalog/ibm/granite 8b";
    private static final String DATA_KEY = ContentDigest.of(KEY);

    private final StoreFixture fixture = new StoreFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** A text of which compression saves little: with its frame it takes a bit more than that many bytes. */
    private static String text(int bytes, int seed) {
        StringBuilder text = new StringBuilder();
        new Random(seed).ints(bytes * 4L / 3, 0, 64).forEach(i -> text.append((char) ('0' + i)));
        return text.toString();
    }

    private static String dataKey(String cardKey) {
        return ContentDigest.of(cardKey);
    }

    @Test
    void surviveARestart() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        StoredEntry granite = withCard(entry("granite", "v1"), KEY, "# Granite\n\nEin großes Modell");
        write(store, granite);
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "create " + CARDS);
        ConfigMapEntryStore restarted = fixture.store();
        assertThat(card(restarted, "granite_v1")).isEqualTo("# Granite\n\nEin großes Modell");
        assertThat(restarted.list().digests()).containsEntry("granite_v1", granite.digest());
        assertThat(restarted.problems()).isEmpty();
    }

    @Test
    void areCompressedJsonUnderTheDigestOfTheirKey() throws Exception {
        write(fixture.store(), withCard(entry("granite", "v1"), KEY, "# Granite"));
        assertThat(fixture.keysIn(CARDS)).containsExactly(DATA_KEY);
        JsonNode json = Json.MAPPER.readTree(
                new GZIPInputStream(new ByteArrayInputStream(fixture.bytes(CARDS, DATA_KEY))).readAllBytes());
        assertThat(json.path("key").asText()).isEqualTo(KEY);
        assertThat(json.path("changed").asLong()).isEqualTo(1772359200000L);
        assertThat(json.path("markdown").asText()).isEqualTo("# Granite");
        assertThat(fixture.record(FIRST, "granite_v1").path("modelCardKey").asText())
                .isEqualTo(KEY);
        assertThat(fixture.text(FIRST, "granite_v1")).doesNotContain("# Granite");
    }

    @Test
    void areNotRewrittenWhenOnlyEntriesChange() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite"));
        write(store, withCard(entry("granite", "v1", "changed"), KEY, "# Granite"), entry("llama", "v2"));
        assertThat(fixture.writes()).containsExactly("create " + FIRST, "create " + CARDS, "patch " + FIRST);
    }

    @Test
    void changeWithTheirText() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite"));
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite, revised"));
        assertThat(fixture.writes().subList(2, 4)).containsExactly("patch " + FIRST, "patch " + CARDS);
        assertThat(card(fixture.store(), "granite_v1")).isEqualTo("# Granite, revised");
        assertThat(fixture.keysIn(CARDS)).hasSize(1);
    }

    @Test
    void stayWhenOnlyTheirKeyIsSent() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite"));
        write(store, entry("granite", "v1", "changed").withCard(new StoredCard(KEY, "", null)));
        assertThat(card(store, "granite_v1")).isEqualTo("# Granite");
        assertThat(card(fixture.store(), "granite_v1")).isEqualTo("# Granite");
    }

    @Test
    void goWithTheLastEntryThatRefersToThem() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(
                store,
                withCard(entry("granite", "v1"), KEY, "# Granite"),
                withCard(entry("granite", "v2"), KEY, "# Granite"));
        keepOnly(store, "granite_v2");
        assertThat(fixture.keysIn(CARDS)).containsExactly(DATA_KEY);
        assertThat(card(store, "granite_v2")).isEqualTo("# Granite");
        keepOnly(store);
        assertThat(fixture.keysIn(CARDS)).isEmpty();
    }

    @Test
    void goWhenTheEntryHasAnotherOne() throws Exception {
        ConfigMapEntryStore store = fixture.store();
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite"));
        write(store, withCard(entry("granite", "v1"), "other", "# Other"));
        assertThat(fixture.keysIn(CARDS)).containsExactly(dataKey("other"));
        write(store, entry("granite", "v1"));
        assertThat(fixture.keysIn(CARDS)).isEmpty();
        assertThat(store.fetch("granite_v1").orElseThrow().card()).isNull();
    }

    @Test
    void takeSeveralConfigMaps() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        for (int i = 0; i < 3; i++) {
            write(store, withCard(entry("granite", "v" + i), "card" + i, text(2500, i)));
        }
        assertThat(fixture.keysIn(CARDS)).hasSize(1);
        assertThat(fixture.keysIn(MORE_CARDS)).hasSize(1);
        ConfigMapEntryStore restarted = fixture.store();
        for (int i = 0; i < 3; i++) {
            assertThat(card(restarted, "granite_v" + i)).isEqualTo(text(2500, i));
        }
    }

    @Test
    void ofTheLongestUnchangedAreNotKeptAboveTheLimit() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxCardBytes(7000));
        for (int i = 0; i < 3; i++) {
            write(store, withCard(entry("granite", "v" + i), "card" + i, text(3000, i)));
            fixture.tick();
        }
        assertThat(fixture.keysIn(CARDS)).containsExactlyInAnyOrder(dataKey("card1"), dataKey("card2"));
        assertThat(card(store, "granite_v0")).isEqualTo(text(3000, 0));
        assertThat(store.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo(CARDS);
            assertThat(problem.message()).contains("1 of 3 model cards", "7000 bytes");
        });

        write(store, withCard(entry("granite", "v0"), "card0", text(3000, 99)));
        assertThat(fixture.keysIn(CARDS)).containsExactlyInAnyOrder(dataKey("card0"), dataKey("card2"));
    }

    @Test
    void aboveTheLimitMakeNoDifferenceToWhoSendsThem() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxCardBytes(1000));
        StoredEntry[] entries = new StoredEntry[10];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = withCard(entry("granite", "v" + i), "card" + i, text(900, i));
        }
        write(store, entries);
        for (StoredEntry entry : entries) {
            assertThat(store.list().digests()).containsEntry(entry.key().importKey(), entry.digest());
        }
        int writes = fixture.writes().size();
        write(store, entries);
        assertThat(fixture.writes()).hasSize(writes);
        // Four times the limit is kept in memory.
        long texts = 0;
        for (StoredEntry entry : entries) {
            texts += card(store, entry.key().importKey()) == null ? 0 : 1;
        }
        assertThat(texts).isBetween(2L, 4L);
    }

    @Test
    void largerThanAConfigMapAreKeptInMemory() throws Exception {
        ConfigMapEntryStore store = fixture.store(builder -> builder.maxMapBytes(4000));
        write(
                store,
                withCard(entry("granite", "v1"), KEY, text(5000, 1)),
                withCard(entry("llama", "v2"), "llama", "# Llama"));
        assertThat(fixture.keysIn(CARDS)).containsExactly(dataKey("llama"));
        assertThat(card(store, "granite_v1")).isEqualTo(text(5000, 1));
        assertThat(store.problems()).hasSize(1);
        ConfigMapEntryStore restarted = fixture.store();
        assertThat(card(restarted, "granite_v1")).isNull();
        assertThat(restarted.list().digests())
                .doesNotContainEntry("granite_v1", store.list().digests().get("granite_v1"));
    }

    @Test
    void areSentAgainWhenTheyWereNotStored() throws Exception {
        fixture.server.single().intervene(call -> call.name().equals(CARDS) ? FakeApiServer.status(500) : null);
        ConfigMapEntryStore store = fixture.store();
        StoredEntry granite = withCard(entry("granite", "v1"), KEY, "# Granite");
        assertThatThrownBy(() -> write(store, granite)).isInstanceOf(SourceUnavailableException.class);
        assertThat(keys(store)).containsExactly("granite_v1");
        assertThat(store.list().digests()).doesNotContainEntry("granite_v1", granite.digest());
        fixture.server.single().allowAll();
        write(store, granite);
        assertThat(store.list().digests()).containsEntry("granite_v1", granite.digest());
        assertThat(fixture.keysIn(CARDS)).hasSize(1);
    }

    @Test
    void thatAreDamagedCostOnlyThemselves() throws Exception {
        write(
                fixture.store(),
                withCard(entry("granite", "v1"), KEY, "# Granite"),
                withCard(entry("llama", "v2"), "llama", "# Llama"));
        fixture.putValue(CARDS, DATA_KEY, "damaged");
        fixture.edit(
                CARDS,
                map -> map.withObjectProperty("binaryData")
                        .put(
                                "0123",
                                map.path("binaryData").path(dataKey("llama")).asText())
                        .put("README.md", base64("by hand")));
        ConfigMapEntryStore store = fixture.store();
        assertThat(card(store, "granite_v1")).isNull();
        assertThat(card(store, "llama_v2")).isEqualTo("# Llama");
        assertThat(store.problems())
                .extracting(Problem::item)
                .contains(CARDS + "/" + DATA_KEY, CARDS + "/0123", CARDS + "/README.md");
        write(store, withCard(entry("granite", "v1"), KEY, "# Granite"));
        assertThat(card(fixture.store(), "granite_v1")).isEqualTo("# Granite");
        keepOnly(store);
        assertThat(fixture.keysIn(CARDS)).containsExactly("0123", "README.md");
    }

    @Test
    void ofSeveralProcessesAreMerged() throws Exception {
        ConfigMapEntryStore one = fixture.store();
        ConfigMapEntryStore two = fixture.store();
        write(one, withCard(entry("granite", "v1"), KEY, "# Granite"));
        two.list();
        write(one, withCard(entry("llama", "v2"), "llama", "# Llama"));
        write(two, withCard(entry("mistral", "7b"), "mistral", "# Mistral"));
        Map<String, String> texts = Map.of("granite_v1", "# Granite", "llama_v2", "# Llama", "mistral_7b", "# Mistral");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            assertThat(card(fixture.store(), text.getKey())).isEqualTo(text.getValue());
        }
        assertThat(fixture.keysIn(CARDS)).hasSize(3);
    }

    @Test
    void changeAlsoByAProcessWhoseClockIsBehind() throws Exception {
        ConfigMapEntryStore one = fixture.store();
        Clock behind = Clock.fixed(Instant.parse("2026-03-01T09:00:00Z"), ZoneOffset.UTC);
        ConfigMapEntryStore two = fixture.store(builder -> builder.clock(behind));
        write(one, withCard(entry("granite", "v1"), KEY, "# Granite"));
        write(two, withCard(entry("granite", "v1"), KEY, "# Granite 3.1"));
        write(one, withCard(entry("llama", "v2"), "llama", "# Llama"));
        assertThat(card(fixture.store(), "granite_v1")).isEqualTo("# Granite 3.1");
        assertThat(card(one, "granite_v1")).isEqualTo("# Granite 3.1");
    }
}
