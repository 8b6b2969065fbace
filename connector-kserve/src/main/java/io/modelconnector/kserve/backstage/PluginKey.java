package io.modelconnector.kserve.backstage;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * A public key on the curve P-256, which verifies ES256 signatures. Bouncy Castle does that ten times as fast as the JDK 17.
 * Immutable.
 */
final class PluginKey {
    private static final ECDomainParameters P_256 = domain();
    /** Two numbers of this many bytes each are a signature. */
    private static final int NUMBER_BYTES = 32;

    private final ECPublicKeyParameters key;

    private PluginKey(ECPublicKeyParameters key) {
        this.key = key;
    }

    /**
     * The key at a point.
     *
     * @throws IllegalArgumentException if the point is not on the curve
     */
    static PluginKey at(BigInteger x, BigInteger y) {
        return new PluginKey(new ECPublicKeyParameters(P_256.getCurve().createPoint(x, y), P_256));
    }

    /**
     * Whether a signature is by this key.
     *
     * @param digest the SHA-256 of what was signed
     * @param signature two numbers, one after the other
     */
    boolean verifies(byte[] digest, byte[] signature) {
        if (signature.length != 2 * NUMBER_BYTES) {
            return false;
        }
        BigInteger r = new BigInteger(1, Arrays.copyOf(signature, NUMBER_BYTES));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, NUMBER_BYTES, 2 * NUMBER_BYTES));
        ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, key);
        return verifier.verifySignature(digest, r, s);
    }

    boolean isSameAs(PluginKey other) {
        return key.getQ().equals(other.key.getQ());
    }

    private static ECDomainParameters domain() {
        X9ECParameters curve = CustomNamedCurves.getByName("P-256");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }
}
