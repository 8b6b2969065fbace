package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.source.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TechDocs that point into the portal's own network. */
final class NormalizerTechDocsHostsTest {

    private static Normalized normalized(Normalizer normalizer, String techDocs) {
        return Normalized.of(
                normalizer,
                version("granite", "v1").ofModel("TechDocs", techDocs).card("redhat_ai", "RedHatAI", "granite"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // names
                "http://localhost/docs",
                "http://LOCALHOST:8080/docs",
                "http://docs.localhost/",
                "http://localhost./",
                "http://localhost../",
                "http://wiki/",
                "http://./",
                "https://docs.ml-prod.svc/",
                "https://docs.ml-prod.svc./",
                "https://docs.ml-prod.SVC.cluster.local:8443/x",
                "https://printer.local/",
                "http://metadata.google.internal/computeMetadata/v1/",
                "http://localhost.localdomain/",
                // addresses
                "http://127.0.0.1/",
                "http://127.255.0.9/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://172.31.255.255/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://0.0.0.0/",
                "http://0/",
                "http://198.18.0.1/",
                "http://255.255.255.255/",
                "http://[::1]/",
                "http://[::]/",
                "http://[fe80::1]/",
                "http://[febf::1]/",
                "http://[fc00::1]/",
                "http://[fdff:1:2::3]/",
                "http://[ff02::1]/",
                // the same in other spellings
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7F.1/",
                "http://0177.0.0.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://3232235777/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a00:1]/",
                "http://[0:0:0:0:0:ffff:c0a8:101]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::10.0.0.1]/",
                "http://[64:ff9b:1::1]/",
                "http://[2002:a00:1::]/",
                "http://%31%32%37.0.0.1/",
                "http://l%6Fcalhost/",
                "http://１２７.０.０.１/",
                "http://127。0。0。1/",
                "http://127\u20240\u20240\u20241/",
                "http://ｌｏｃａｌｈｏｓｔ/",
                "http://lo\u00adcalhost/",
                "http://lo\u200bcalhost/",
                "http://local\ud83c\udd77ost/",
                "http://lo\udb40\udd00calhost/",
                "http://wiki.ｓｖｃ/",
                "http://example.com@127.0.0.1/",
                "http://example.com:80@localhost:8080/",
                "http:127.0.0.1",
                "http:\\\\127.0.0.1\\docs",
                "http:///127.0.0.1/docs",
                "  http://127.0.0.1/docs\n",
                "ht\ntp://127.0.\t0.1/docs",
            })
    void usesTheCardInsteadOfTechDocsInThePortalsOwnNetwork(String url) {
        Normalized normalized = normalized(Normalizer.builder().build(), url);

        assertThat(normalized.entry().techDocsUrl()).isNull();
        assertThat(normalized.entry().card()).isNotNull();
        assertThat(normalized.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.item()).isEqualTo("modelregistry-public/1/2");
            assertThat(problem.message())
                    .contains("its TechDocs is left out")
                    .contains("own network")
                    .contains("(techDocsHosts)");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/docs",
                "https://github.com/redhat-ai-dev/docs/tree/main",
                "https://wiki.example.com./",
                "https://localhost.example.com/",
                "https://svc.example.com/",
                "https://my-svc.io/?host=localhost",
                "https://example.com/@127.0.0.1",
                "https://127.0.0.1@example.com/",
                "https://10.example.com/",
                "http://11.0.0.1/",
                "http://172.15.0.1/",
                "http://172.32.0.1/",
                "http://100.128.0.1/",
                "http://192.169.0.1/",
                "http://169.253.0.1/",
                "http://128.0.0.1/",
                "http://8.8.8.8/",
                "http://[2001:4860:4860::8888]/",
                "http://[::ffff:8.8.8.8]/",
                "http://[64:ff9b::8.8.8.8]/",
                "http://[2002:808:808::]/",
                "https://müller.example/docs",
            })
    void passesTechDocsElsewhereOn(String url) {
        Normalized normalized = normalized(Normalizer.builder().build(), url);

        assertThat(normalized.entry().techDocsUrl()).isEqualTo(url);
        assertThat(normalized.problems()).isEmpty();
    }

    @Test
    void namesTheHostAndNothingElseOfTheUrl() {
        Normalized normalized =
                normalized(Normalizer.builder().build(), "https://me:secret@Wiki.Docs.svc:8443/granite?token=abc");

        assertThat(normalized.problems())
                .containsExactly(new Problem(
                        "modelregistry-public/1/2",
                        "its TechDocs is left out: the host wiki.docs.svc is in the portal's own network, where"
                                + " the portal would send its token; have it point elsewhere, or allow the host"
                                + " (techDocsHosts)"));
    }

    @Test
    void looksAtTheAnnotationsOfServedModelsToo() {
        Normalized normalized = Normalized.of(
                served("ml-prod", "granite").annotation("rhdh.io/techdocs", "http://docs.ml-prod.svc.cluster.local"));

        assertThat(normalized.entry().techDocsUrl()).isNull();
        assertThat(normalized.problems()).extracting(Problem::item).containsExactly("InferenceService/ml-prod/granite");
    }

    @ParameterizedTest
    @CsvSource({
        "wiki,              http://wiki:8080/granite",
        "WIKI.,             http://wiki/granite",
        "*.docs.svc,        https://granite.docs.svc/",
        "*.docs.svc,        https://a.b.docs.svc/",
        "*.svc,             https://granite.docs.svc/",
        "10.1.2.3,          http://10.1.2.3/",
        "10.1.2.3,          http://0x0a010203/",
        "fd00::7,           http://[fd00:0::7]/",
        "[fd00::7],         http://[fd00:0::7]/",
    })
    void passesOnWhatIsAllowed(String allowed, String url) {
        Normalizer normalizer =
                Normalizer.builder().techDocsHosts("unrelated.svc", allowed).build();

        assertThat(normalized(normalizer, url).entry().techDocsUrl()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "docs.svc,          http://granite.docs.svc/",
        "*.docs.svc,        http://docs.svc/",
        "*.docs.svc,        http://mydocs.svc/",
        "localhost,         http://127.0.0.1/",
        "10.1.2.3,          http://10.1.2.30/",
    })
    void allowsNothingButWhatItWasTold(String allowed, String url) {
        Normalizer normalizer = Normalizer.builder().techDocsHosts(allowed).build();

        assertThat(normalized(normalizer, url).entry().techDocsUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "*", "*.", "http://wiki", "wiki:8080", "wiki/docs", "*.1.2.3.4", "10.0.0.0/8", "a b"})
    void refusesASettingThatIsNoHost(String host) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Normalizer.builder().techDocsHosts(host))
                .withMessageContaining("techDocsHosts had \"" + host + "\", must be hosts without scheme and port");
    }
}
