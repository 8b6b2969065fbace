package io.modelconnector.rhoai.client;

import io.modelconnector.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Which certificates are trusted. Immutable; the TLS context is made once, when the first client needs it. */
final class Trust {
    private static final Pattern PEM_CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);

    private final List<Certificate> extra;
    private final boolean everything;
    private @Nullable Tls tls;

    private Trust(List<Certificate> extra, boolean everything) {
        this.extra = List.copyOf(extra);
        this.everything = everything;
    }

    /** What the JVM trusts, or the OkHttpClient that a caller brings. */
    static Trust platform() {
        return new Trust(List.of(), false);
    }

    static Trust everything() {
        return new Trust(List.of(), true);
    }

    Trust and(String pem) {
        List<Certificate> all = new ArrayList<>(extra);
        all.addAll(parse(pem));
        return new Trust(all, everything);
    }

    boolean trustsEverything() {
        return everything;
    }

    /** Makes a client trust this; a client's own trust stays if there is nothing to add to it. */
    void apply(OkHttpClient.Builder client) {
        if (extra.isEmpty() && !everything) {
            return;
        }
        Tls made = tls();
        client.sslSocketFactory(made.sockets(), made.manager());
        if (everything) {
            client.hostnameVerifier((host, session) -> true);
        }
    }

    private synchronized Tls tls() {
        if (tls == null) {
            try {
                X509TrustManager manager = everything ? new Anyone() : manager(union());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {manager}, null);
                tls = new Tls(context.getSocketFactory(), manager);
            } catch (GeneralSecurityException | IOException e) {
                throw new ConfigurationException("the certificates in caCertificates cannot be used: " + e, e);
            }
        }
        return tls;
    }

    private KeyStore union() throws GeneralSecurityException, IOException {
        KeyStore union = KeyStore.getInstance(KeyStore.getDefaultType());
        union.load(null, null);
        int number = 0;
        for (X509Certificate issuer : manager(null).getAcceptedIssuers()) {
            union.setCertificateEntry("platform-" + number++, issuer);
        }
        for (Certificate certificate : extra) {
            union.setCertificateEntry("extra-" + number++, certificate);
        }
        return union;
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

    private static List<Certificate> parse(String pem) {
        List<Certificate> certificates = new ArrayList<>();
        Matcher block = PEM_CERTIFICATE.matcher(pem);
        while (block.find()) {
            try {
                certificates.add(CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(block.group().getBytes(StandardCharsets.US_ASCII))));
            } catch (GeneralSecurityException e) {
                throw new ConfigurationException(
                        "caCertificates: certificate " + (certificates.size() + 1)
                                + " cannot be read; it has to be an X.509 certificate in PEM",
                        e);
            }
        }
        if (certificates.isEmpty()) {
            throw new ConfigurationException("caCertificates was " + pem.length()
                    + " characters without a certificate, must have at least one -----BEGIN CERTIFICATE----- block");
        }
        return certificates;
    }

    @Override
    public String toString() {
        return everything ? "everything" : extra.isEmpty() ? "platform" : "platform and " + extra.size() + " more";
    }

    private record Tls(SSLSocketFactory sockets, X509TrustManager manager) {}

    /** Extended, or the JDK adds checks of its own around it. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
