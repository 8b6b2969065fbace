package io.modelconnector.kserve.credentials;

import io.modelconnector.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Checks CA certificates when they are given, since a handshake that fails later says little. */
final class CaCertificates {
    private CaCertificates() {}

    static byte[] bytes(String pem) {
        return (pem + '\n').getBytes(StandardCharsets.US_ASCII);
    }

    /** The certificates, if there are any. */
    static byte[] checked(String where, byte[] pem) {
        try {
            boolean none = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .isEmpty();
            if (!none) {
                return pem;
            }
        } catch (CertificateException e) {
            throw new ConfigurationException(where + " holds no certificates that can be read, must hold PEM", e);
        }
        throw new ConfigurationException(where + " holds no certificates, must hold at least one as PEM");
    }
}
