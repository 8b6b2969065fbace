package io.modelconnector.core.format;

import io.modelconnector.core.entity.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are served as they are, with their strong ETag: made once per change, not once per request. Equal bytes
 * have equal ETags, also after a restart. Immutable and thread-safe.
 */
public final class Payload {
    /** Below this many bytes, compression saves nothing that a packet would notice. */
    private static final int WORTH_COMPRESSING = 1024;

    private final byte[] bytes;
    private final boolean compressible;
    private final String etag;
    private final String gzipEtag;
    private volatile byte @Nullable [] compressed;

    private Payload(byte[] bytes, boolean compressible) {
        this.bytes = bytes;
        this.compressible = compressible;
        String digest = ContentDigest.of(bytes);
        this.etag = '"' + digest + '"';
        this.gzipEtag = '"' + digest + "-gzip\"";
    }

    /**
     * Takes the bytes over; the caller must not change them any more.
     *
     * @param bytes what is served
     */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, bytes.length >= WORTH_COMPRESSING);
    }

    /**
     * Takes over bytes that are compressed already, such as an archive's: they are served as they are, whatever a reader
     * accepts. The caller must not change them any more.
     *
     * @param bytes what is served
     */
    public static Payload ofCompressed(byte[] bytes) {
        return new Payload(bytes, false);
    }

    /** The number of bytes, uncompressed. */
    public int length() {
        return bytes.length;
    }

    /** A new read-only buffer over the bytes. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The ETag of the bytes, in quotes. */
    public String etag() {
        return etag;
    }

    /** The ETag of the {@linkplain #gzip() compressed} bytes, in quotes: another representation has another one. */
    public String gzipEtag() {
        return gzipEtag;
    }

    /** Whether sending the {@linkplain #gzip() compressed} bytes is worth it. */
    public boolean compressible() {
        return compressible;
    }

    /** A new read-only buffer over the bytes, compressed with gzip. They are compressed when first asked for, and kept. */
    public ByteBuffer gzip() {
        return ByteBuffer.wrap(compressed()).asReadOnlyBuffer();
    }

    /** Compresses the bytes ahead of demand, where that is worth it. */
    public void compress() {
        if (compressible()) {
            byte[] unused = compressed();
        }
    }

    private byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            known = compress(bytes);
            compressed = known;
        }
        return known;
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes, " + etag() + ']';
    }
}
