package io.modelconnector.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Backstage refuses, and what becomes of it. */
final class EntityRulesTest {
    private static final String LONGEST = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(strings = {"granite", "Granite_3.1-8b", "0", "a--b", "a._-b"})
    void keepsNamesThatBackstageTakes(String name) {
        assertThat(EntityRules.name(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "RedHatAI/granite 3.1, RedHatAI-granite-3.1",
        "-granite-, granite",
        "granite:latest, granite-latest",
        "modèle, mod-le",
        "a//::b, a-b"
    })
    void mendsANameAndAddsAHashOfWhatItWas(String name, String mended) {
        assertThat(EntityRules.name(name)).matches("\\Q" + mended + "\\E-[0-9a-f]{8}");
        assertThat(EntityRules.name(name)).isEqualTo(EntityRules.name(name));
    }

    @Test
    void namesThatAreMendedAlikeStayTwo() {
        assertThat(EntityRules.name("granite/8b")).isNotEqualTo(EntityRules.name("granite:8b"));
        assertThat(EntityRules.name(LONGEST + "1")).hasSize(63).isNotEqualTo(EntityRules.name(LONGEST + "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "模型", "-._"})
    void leavesOutANameOfWhichNothingIsLeft(String name) {
        assertThat(EntityRules.name(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "chat, chat",
        "c++, c++",
        "text-generation, text-generation",
        "Text Generation, text-generation",
        "under_score, under-score",
        "dot.t, dot-t",
        "a--b, a-b",
        "-lead, lead",
        "key:val, key:val"
    })
    void putsTagsInTheOnlyFormThatBackstageTakes(String tag, String mended) {
        assertThat(EntityRules.tag(tag)).isEqualTo(mended);
    }

    @Test
    void cutsATagWithoutLeavingAHyphenAtItsEnd() {
        assertThat(EntityRules.tag("a".repeat(62) + "-b")).isEqualTo("a".repeat(62));
        assertThat(EntityRules.tag(LONGEST)).isEqualTo(LONGEST);
        assertThat(EntityRules.tag("_._")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "apache-2.0, apache-2.0",
        "Apache License 2.0, Apache-License-2.0",
        "'IBM, Red Hat', IBM-Red-Hat",
        "(gpl), gpl"
    })
    void mendsTheValuesOfLabels(String value, String mended) {
        assertThat(EntityRules.labelValue(value)).isEqualTo(mended);
    }

    @Test
    void cutsTheValueOfALabelAndTrimsItsEnds() {
        assertThat(EntityRules.labelValue("a".repeat(62) + " b")).isEqualTo("a".repeat(62));
        assertThat(EntityRules.labelValue("?!")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "example.com/team", "rhdh.io/ai-asset-category", "a.b-c.d/E_f.g"})
    void takesKeysOfLabelsAndAnnotations(String key) {
        assertThat(EntityRules.isKey(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/a",
                "a/b/c",
                "Example.com/team",
                "exa_mple.com/team",
                "not a key",
                "key-",
                "example..com/x",
                "backstage.io/managed-by-location",
                "backstage.io/managed-by-origin-location"
            })
    void refusesOtherKeysAndThoseThatBackstageSets(String key) {
        assertThat(EntityRules.isKey(key)).isFalse();
        assertThat(EntityRules.isKey(key + LONGEST + "1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com", "oci://registry/x:1", "s3://bucket", "pvc://claim/path", "hf://ibm/x"})
    void takesLinksOfAnyScheme(String url) {
        assertThat(EntityRules.isLink(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "models/x",
                "example.com/x",
                "http://",
                "javascript:alert(1)",
                " JavaScript:x",
                "data:text/html,x"
            })
    void refusesWhatIsNoLinkAndScripts(String url) {
        assertThat(EntityRules.isLink(url)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ml, user:default/ml",
        "Group:ML, group:default/ML",
        "group:platform/ml, group:platform/ml",
        "group:Data Science/ml, group:data-science/ml",
        "platform/ml, user:platform/ml"
    })
    void writesReferencesInFull(String text, String reference) {
        assertThat(EntityRules.reference(text, "user")).isEqualTo(reference);
    }

    @Test
    void mendsTheNameInAReference() {
        assertThat(EntityRules.reference("user:Maya Lin", "user")).matches("user:default/Maya-Lin-[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "a:b:c", "a/b/c", "my kind:x", "user:", "user:/x", "模型"})
    void refusesWhatIsNoReference(String text) {
        assertThat(EntityRules.reference(text, "user")).isNull();
    }

    @Test
    void putsSomethingInThePlaceOfABlankTextThatHasToBeThere() {
        assertThat(EntityRules.required("\u00a0\ufeff ", "unknown")).isEqualTo("unknown");
        assertThat(EntityRules.required("production", "unknown")).isEqualTo("production");
    }
}
