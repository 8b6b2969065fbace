package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.modelconnector.examples.sidecars.doctor.NoReplyException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
    private static final HttpUrl URL =
            HttpUrl.get("https://user:pass-canary@registry.example.com/list?key=query-canary");

    private final AtomicInteger requests = new AtomicInteger();

    static Stream<Arguments> failures() {
        SSLException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("no path"));
        return Stream.of(
                Arguments.of(new UnknownHostException("registry"), Reason.UNKNOWN_HOST, "is not known"),
                Arguments.of(new SocketTimeoutException("timeout"), Reason.TIMEOUT, "no answer from"),
                Arguments.of(new ConnectException("refused"), Reason.REFUSED, "nothing accepts connections at"),
                Arguments.of(untrusted, Reason.UNTRUSTED, "is not trusted"),
                Arguments.of(new SSLPeerUnverifiedException("host"), Reason.OTHER_NAME, "is for other hosts"),
                Arguments.of(new SSLException("no TLS message"), Reason.BROKEN, "broke: SSLException, no TLS message"),
                Arguments.of(new IOException("unexpected end"), Reason.BROKEN, "broke: IOException, unexpected end"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhyThereIsNoAnswerAndWhatToDo(IOException failure, Reason reason, String message) {
        assertThatExceptionOfType(NoReplyException.class)
                .isThrownBy(() -> failing(failure, 9).get(URL, () -> "token"))
                .withMessageContaining("https://registry.example.com:443")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.fix()).isNotBlank());
    }

    @Test
    void asksAgainOnceWhenTheConnectionBreaks() throws Exception {
        Reply reply = failing(new IOException("unexpected end"), 1).get(URL, () -> "token");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(requests).hasValue(2);
    }

    @Test
    void doesNotSendAnythingTwice() {
        Request post = new Request.Builder()
                .url(URL)
                .post(RequestBody.create("{}", MediaType.get("application/json")))
                .build();

        assertThatExceptionOfType(NoReplyException.class)
                .isThrownBy(() -> failing(new IOException("unexpected end"), 1).send(post));
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two canaries", "canary\ncanary", "canarý"})
    void refusesATokenThatIsNoneWithoutShowingIt(String token) {
        assertThatExceptionOfType(NoReplyException.class)
                .isThrownBy(() -> failing(new IOException(), 0).get(URL, () -> token))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_TOKEN))
                .satisfies(e -> assertThat(e.getMessage() + e.fix()).doesNotContain("canar"));
        assertThat(requests).hasValue(0);
    }

    @Test
    void showsOfAnErrorOnlyItsMessageAndNotTooMuchOfThat() {
        String words = new Reply(
                        403, ("{\"message\": \"quota " + "x".repeat(500) + "\", \"a\": \"canary\"}").getBytes(), null)
                .inWords();

        assertThat(words).startsWith("403 (quota xxx").doesNotContain("canary");
        assertThat(words).hasSizeLessThan(220);
        assertThat(new Reply(502, "<html>canary</html>".getBytes(), null).inWords())
                .isEqualTo("502");
        assertThat(new Reply(302, new byte[0], "https://login.example.com:443").inWords())
                .isEqualTo("302, a redirect to https://login.example.com:443");
    }

    private Caller failing(IOException failure, int times) {
        return new Caller(new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (requests.incrementAndGet() <= times) {
                        throw failure;
                    }
                    assertThat(chain.request().headers("Authorization")).isEqualTo(List.of("Bearer token"));
                    return new Response.Builder()
                            .request(chain.request())
                            .protocol(Protocol.HTTP_1_1)
                            .code(200)
                            .message("OK")
                            .body(ResponseBody.create("{}", MediaType.get("application/json")))
                            .build();
                })
                .build());
    }
}
