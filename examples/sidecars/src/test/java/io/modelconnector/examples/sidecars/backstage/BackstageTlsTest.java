package io.modelconnector.examples.sidecars.backstage;

import static io.modelconnector.examples.sidecars.backstage.Entries.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.feed.HealthStatus;
import io.modelconnector.core.store.InMemoryEntryStore;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackstageTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static FakeBackstage backstage;
    private static String pem;

    @BeforeAll
    static void start() throws Exception {
        KeyStore keys = selfSigned(directory.resolve("backstage.p12"));
        pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("backstage").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        backstage = new FakeBackstage(context.getSocketFactory());
    }

    @AfterAll
    static void stop() {
        backstage.close();
    }

    private static KeyStore selfSigned(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "backstage",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=backstage",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static BackstagePush.Builder push(SteppedTiming timing, @Nullable Path caFile) {
        return BackstagePush.builder(
                        new InMemoryEntryStore(),
                        BASE,
                        new BackstageSettings(true, backstage.url(), FakeBackstage.TOKEN, null, caFile))
                .timing(timing);
    }

    private static PushHealth healthOf(BackstagePush push, SteppedTiming timing) throws InterruptedException {
        try (push) {
            push.start();
            timing.next();
            return push.health();
        }
    }

    @Test
    void doesNotTalkToABackstageThatItDoesNotTrust() throws Exception {
        SteppedTiming timing = new SteppedTiming();

        PushHealth health = healthOf(push(timing, null).build(), timing);

        assertThat(health.status()).isEqualTo(HealthStatus.DOWN);
        assertThat(health.failure()).contains("certificate is not trusted", "BKSTG_CA_FILE");
    }

    @Test
    void trustsTheCertificatesOfTheSettings() throws Exception {
        SteppedTiming timing = new SteppedTiming();
        Path file = Files.writeString(directory.resolve("ca.pem"), "# the CA of the portal\n" + pem);

        assertThat(healthOf(push(timing, file).build(), timing).status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void trustsTheCertificatesOfTheCaller() throws Exception {
        SteppedTiming timing = new SteppedTiming();

        assertThat(healthOf(push(timing, null).caCertificates(pem).build(), timing)
                        .status())
                .isEqualTo(HealthStatus.UP);
    }

    @Test
    void saysWhichCertificatesCannotBeUsed() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing", StandardCharsets.UTF_8);
        BackstagePush.Builder push = push(new SteppedTiming(), empty);

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(push::build)
                .withMessageContaining("BKSTG_CA_FILE")
                .withMessageContaining("BEGIN CERTIFICATE");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> push.caCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
                .withMessageContaining("caCertificates");
    }
}
