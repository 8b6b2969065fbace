package io.modelconnector.techdocs.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Archives in which there is nothing but names and contents: no time, no owner, no machine. */
final class TarGz {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100;
    /** Where a gzip header has the operating system, and its value for an unknown one. */
    private static final int OS = 9;

    private static final byte UNKNOWN_OS = (byte) 255;

    private TarGz() {}

    /**
     * Packs files.
     *
     * @param directory the directory that they are in
     * @param files the files' contents by their paths in it, in the order in which they are packed
     */
    static byte[] of(String directory, Map<String, byte[]> files) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream tar = new BestCompression(packed)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                String name = directory + '/' + file.getKey();
                byte[] path = name.getBytes(StandardCharsets.UTF_8);
                if (path.length > LONGEST_NAME) {
                    write(tar, "pax".getBytes(StandardCharsets.UTF_8), 'x', paxPath(path));
                }
                write(tar, Arrays.copyOf(path, Math.min(path.length, LONGEST_NAME)), '0', file.getValue());
            }
            tar.write(new byte[2 * BLOCK]);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] bytes = packed.toByteArray();
        bytes[OS] = UNKNOWN_OS;
        return bytes;
    }

    private static final class BestCompression extends GZIPOutputStream {
        BestCompression(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }

    private static void write(OutputStream tar, byte[] name, char type, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, name.length);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, octal(content.length, 11) + '\0');
        put(header, 136, "00000000000\0");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        tar.write(header);
        tar.write(content);
        tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /** {@code <length> path=<path>\n}, where the length counts its own digits. */
    private static byte[] paxPath(byte[] path) {
        int others = " path=\n".length() + path.length;
        int length = others + 1;
        while (Integer.toString(length).length() + others != length) {
            length = Integer.toString(length).length() + others;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream(length);
        record.writeBytes((length + " path=").getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(path);
        record.write('\n');
        return record.toByteArray();
    }

    private static String octal(int value, int digits) {
        String octal = Integer.toOctalString(value);
        return "0".repeat(digits - octal.length()) + octal;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
