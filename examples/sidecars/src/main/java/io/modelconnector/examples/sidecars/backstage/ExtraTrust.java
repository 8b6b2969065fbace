package io.modelconnector.examples.sidecars.backstage;

import io.modelconnector.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Lets a client trust more certificate authorities than the JVM does. */
final class ExtraTrust {
    private static final Pattern PEM_CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private ExtraTrust() {}

    /**
     * Reads certificates.
     *
     * @param setting where they come from, for messages
     * @param pem the certificates; text around them is ignored
     * @throws ConfigurationException if there is none, or one that cannot be read
     */
    static List<Certificate> parse(String setting, String pem) {
        List<Certificate> certificates = PEM_CERTIFICATE
                .matcher(pem)
                .results()
                .map(block -> certificate(setting, block))
                .toList();
        if (certificates.isEmpty()) {
            throw new ConfigurationException(setting + " was " + pem.length()
                    + " characters without a certificate, must have at least one -----BEGIN CERTIFICATE----- block");
        }
        return certificates;
    }

    private static Certificate certificate(String setting, MatchResult block) {
        byte[] bytes = block.group().getBytes(StandardCharsets.US_ASCII);
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(
                    setting + " has a certificate that cannot be read, must be X.509 certificates in PEM", e);
        }
    }

    /** Makes a client trust these, besides what the JVM trusts. */
    static void apply(Collection<Certificate> extra, OkHttpClient.Builder client) {
        try {
            KeyStore union = KeyStore.getInstance(KeyStore.getDefaultType());
            union.load(null, null);
            int number = 0;
            for (X509Certificate issuer : manager(null).getAcceptedIssuers()) {
                union.setCertificateEntry("platform-" + number++, issuer);
            }
            for (Certificate certificate : extra) {
                union.setCertificateEntry("extra-" + number++, certificate);
            }
            X509TrustManager manager = manager(union);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            client.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationException("the certificates to trust cannot be used: " + e, e);
        }
    }

    private static X509TrustManager manager(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager");
    }
}
