package io.modelconnector.examples.sidecars.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.SourceUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    private final List<Finding> report = new ArrayList<>();

    @Test
    void tellsFindingsInTheOrderOfTheChecksThoughTheyRunSideBySide() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (Examiner examiner = new Examiner(Duration.ofSeconds(10), report::add)) {
            examiner.examine(List.of(
                    check("first", () -> {
                        second.await();
                        return List.of(Finding.ok("first", "a"), Finding.ok("first", "b"));
                    }),
                    check("second", () -> {
                        second.countDown();
                        return List.of(Finding.ok("second", "c"));
                    })));
        }
        assertThat(report).extracting(Finding::detail).containsExactly("a", "b", "c");
    }

    @Test
    void cutsOffACheckThatHangsAndKeepsTheOthers() throws Exception {
        try (Examiner examiner = new Examiner(Duration.ofSeconds(2), report::add)) {
            examiner.examine(List.of(
                    check("hangs", () -> {
                        new CountDownLatch(1).await();
                        return List.of();
                    }),
                    check("works", () -> List.of(Finding.ok("works", "well")))));
        }
        assertThat(report).extracting(Finding::status).containsExactly(Status.FAIL, Status.OK);
        assertThat(report.get(0).detail()).contains("did not come to an end");
        assertThat(report.get(0).fix()).isNotBlank();
    }

    @Test
    void tellsWhatACheckThrowsUnlessNobodyKnowsWhatIsInIt() throws Exception {
        try (Examiner examiner = new Examiner(Duration.ofSeconds(10), report::add)) {
            examiner.examine(List.of(
                    check("known", () -> {
                        throw new SourceUnavailableException("reading the token file failed");
                    }),
                    check("unknown", () -> {
                        throw new IllegalStateException("secret-canary");
                    })));
        }
        assertThat(report).extracting(Finding::status).containsExactly(Status.FAIL, Status.FAIL);
        assertThat(report.get(0).detail()).isEqualTo("reading the token file failed");
        assertThat(report.get(1).detail()).contains("IllegalStateException").doesNotContain("secret-canary");
    }

    private static Check check(String name, Callable<List<Finding>> look) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> look() throws InterruptedException {
                try {
                    return look.call();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
