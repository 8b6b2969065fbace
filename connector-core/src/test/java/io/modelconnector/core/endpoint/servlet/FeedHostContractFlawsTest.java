package io.modelconnector.core.endpoint.servlet;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelconnector.core.endpoint.FeedEndpoint;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.contract.FeedHostContractTest;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host with a flaw fails the check of the contract that is there for it. */
class FeedHostContractFlawsTest {
    private static final FlawedHost HOST = new FlawedHost();

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() throws Throwable {
        run("startHost");
    }

    @AfterAll
    static void stop() throws Throwable {
        HOST.flaw = endpoint -> endpoint;
        run("stopHost");
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void failsAHostWithAFlaw(String check, UnaryOperator<Function<FeedRequest, FeedResponse>> flaw) {
        HOST.flaw = flaw;

        assertThatThrownBy(() -> run(check)).isInstanceOf(AssertionError.class);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                response("listsEntriesAsJson", answer -> with(answer, "Content-Type", "text/plain")),
                response("servesEntriesWithAStrongEtagThatLasts", answer -> with(answer, "ETag", "W/\"1\"")),
                response("remembersNobody", answer -> with(answer, "Set-Cookie", "JSESSIONID=1")),
                response("saysNotFoundInWords", answer -> answer),
                request(
                        "answersHeadWithTheHeadersOfGetAndNoBody",
                        asked -> asking(asked, "Accept-Encoding", head -> {
                            return asked.method().equals("HEAD") ? "gzip" : head;
                        })),
                request(
                        "answersNotModifiedToWhoeverHasIt",
                        asked -> asking(asked, "If-None-Match", values -> {
                            return values == null ? null : values.split(",")[0];
                        })),
                request("compressesForWhoeverTakesItAndOnce", asked -> asking(asked, "Accept-Encoding", value -> null)),
                request(
                        "findsEntriesUnderEncodedPaths",
                        asked -> at(asked, asked.rawPath().replace("%", "%25"))),
                request("tellsTheSlashesOfANameFromThoseThatSeparate", asked -> at(asked, decode(asked.rawPath()))),
                request("tellsTheSlashesOfANameFromThoseThatSeparate", asked -> {
                    return at(asked, asked.rawPath().replace("%2F", "/"));
                }),
                request("readsQueriesAsTheyAreSent", FeedHostContractFlawsTest::decodingTheQuery),
                Arguments.of("answersABurstOfNewConnections", failingAfter(300)));
    }

    private static Arguments response(String check, UnaryOperator<FeedResponse> flaw) {
        UnaryOperator<Function<FeedRequest, FeedResponse>> flawed = endpoint -> endpoint.andThen(flaw);
        return arguments(check, flawed);
    }

    private static Arguments request(String check, UnaryOperator<FeedRequest> flaw) {
        UnaryOperator<Function<FeedRequest, FeedResponse>> flawed = endpoint -> endpoint.compose(flaw);
        return arguments(check, flawed);
    }

    private static UnaryOperator<Function<FeedRequest, FeedResponse>> failingAfter(int requests) {
        AtomicInteger count = new AtomicInteger();
        return endpoint -> request -> {
            boolean fails = count.incrementAndGet() > requests;
            return endpoint.apply(fails ? at(request, "/nothing") : request);
        };
    }

    private static FeedResponse with(FeedResponse answer, String name, String value) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put(name, value);
        return new FeedResponse(answer.status(), headers, answer.body());
    }

    private static FeedRequest at(FeedRequest request, String path) {
        return new FeedRequest(request.method(), path, request.rawQuery(), request.header());
    }

    private static FeedRequest decodingTheQuery(FeedRequest request) {
        String query = request.rawQuery();
        return new FeedRequest(
                request.method(), request.rawPath(), query == null ? null : decode(query), request.header());
    }

    private static FeedRequest asking(FeedRequest request, String name, UnaryOperator<String> change) {
        return new FeedRequest(request.method(), request.rawPath(), request.rawQuery(), header -> {
            String value = request.header().apply(header);
            return header.equals(name) ? change.apply(value) : value;
        });
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void run(String check) throws Throwable {
        Method method = FeedHostContractTest.class.getDeclaredMethod(check);
        method.setAccessible(true);
        try {
            method.invoke(HOST);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class FlawedHost extends FeedHostContractTest {
        private volatile UnaryOperator<Function<FeedRequest, FeedResponse>> flaw = endpoint -> endpoint;
        private ModelFeed feed;
        private TomcatHost tomcat;

        @Override
        protected URI mount(ModelSource source) throws LifecycleException {
            feed = ModelFeed.builder().source(source).build();
            feed.start();
            Function<FeedRequest, FeedResponse> endpoint = FeedEndpoint.of(feed)::handle;
            tomcat = new TomcatHost(
                            directory,
                            new FeedServlet(asked -> flaw.apply(endpoint).apply(asked)))
                    .context("", "/*")
                    .start();
            return tomcat.address();
        }

        @Override
        protected void unmount() throws IOException {
            feed.close();
            tomcat.close();
        }
    }
}
