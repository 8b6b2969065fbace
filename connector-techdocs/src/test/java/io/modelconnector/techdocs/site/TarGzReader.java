package io.modelconnector.techdocs.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads an archive, and checks that there is nothing in it but names and contents. */
public final class TarGzReader {
    private static final int BLOCK = 512;

    private TarGzReader() {}

    /** The contents of the files by their paths, in the archive's order. */
    public static Map<String, byte[]> read(byte[] archive) {
        byte[] tar;
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            tar = gzip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        String longPath = null;
        int at = 0;
        while (tar[at] != 0) {
            byte[] header = Arrays.copyOfRange(tar, at, at + BLOCK);
            checkSum(header);
            assertThat(text(header, 257, 8)).isEqualTo("ustar\00000");
            assertThat(text(header, 100, 8)).isEqualTo("0000644\0");
            assertThat(text(header, 108, 16)).as("owner").isEqualTo("0000000\0" + "0000000\0");
            assertThat(text(header, 136, 12)).as("time").isEqualTo("00000000000\0");
            int size = Integer.parseInt(text(header, 124, 11), 8);
            byte[] content = Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + size);
            if (header[156] == 'x') {
                String record = new String(content, UTF_8);
                assertThat(record).startsWith(content.length + " path=").endsWith("\n");
                longPath = record.substring(record.indexOf('=') + 1, record.length() - 1);
            } else {
                String name = text(header, 0, 100).replace("\0", "");
                assertThat(longPath == null || longPath.startsWith(name)).isTrue();
                files.put(longPath == null ? name : longPath, content);
                longPath = null;
            }
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        assertThat(Arrays.copyOfRange(tar, at, tar.length)).as("end").isEqualTo(new byte[2 * BLOCK]);
        return files;
    }

    private static void checkSum(byte[] header) {
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        assertThat(Integer.parseInt(text(header, 148, 6), 8)).as("check sum").isEqualTo(sum);
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, UTF_8);
    }
}
