package io.modelconnector.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
    private static final int LIMIT = 16 * 1024 * 1024;

    @Test
    void readsUpToTheLimitAndNoFurther() throws RefusedException {
        TestRequest request = TestRequest.of("POST", "/upsert");

        assertThat(RequestBody.json(request.request(), new ByteArrayInputStream(new byte[LIMIT])))
                .hasSize(LIMIT);
        Endless endless = new Endless();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> RequestBody.json(request.request(), endless))
                .matches(refused -> refused.status() == 413);
        assertThat(endless.read).isLessThanOrEqualTo(LIMIT + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16777217", "9223372036854775807", "99999999999999999999999"})
    void aLengthOverTheLimitIsRefusedUnread(String length) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read("Content-Length", length, new Untouchable()))
                .matches(refused -> refused.status() == 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "ten", "1, 1", "0x10", "\uff11"})
    void aLengthThatIsNoneIsRefusedUnread(String length) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read("Content-Length", length, new Untouchable()))
                .matches(refused -> refused.status() == 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-yaml", "application/xml; q=json", "json", "text/foo+json"})
    void anythingButJsonIsRefusedUnread(String type) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read("Content-Type", type, new Untouchable()))
                .matches(refused -> refused.status() == 415)
                .matches(refused -> refused.headers().containsValue("application/json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "application/json",
                "Application/JSON; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/vnd.example+json"
            })
    void jsonIsReadByWhateverNameItHas(String type) throws RefusedException {
        assertThat(read("Content-Type", type, new ByteArrayInputStream(new byte[] {'{', '}'})))
                .hasSize(2);
    }

    @Test
    void aBodyThatBreaksOffIsRefused() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client is gone");
            }
        };

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> read("Content-Length", "10", broken))
                .matches(refused -> refused.status() == 400);
    }

    private static byte[] read(String header, String value, InputStream body) throws RefusedException {
        return RequestBody.json(
                TestRequest.of("POST", "/upsert").header(header, value).request(), body);
    }

    private static final class Endless extends InputStream {
        private long read;

        @Override
        public int read() {
            read++;
            return ' ';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            read += length;
            return length;
        }
    }
}
