package io.modelconnector.core.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelconnector.core.SourceUnavailableException;
import io.modelconnector.core.entity.ModelCard;
import io.modelconnector.core.entity.ModelCardReference;
import io.modelconnector.core.source.contract.SourceContractTest;
import io.modelconnector.core.source.contract.SourceFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A source without flaws passes every check of the contract; one with a flaw fails the check that is there for it. */
final class SourceContractFlawsTest {
    private static final ModelCard CARD =
            ModelCard.of(new ModelCardReference("lab", "models", "granite"), "# Granite\n");

    @Test
    void passesASourceWithoutFlaws() throws Throwable {
        List<String> checks = Arrays.stream(SourceContractTest.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .toList();
        for (String check : checks) {
            run(check, MemorySource::new);
        }
    }

    @ParameterizedTest
    @MethodSource("flaws")
    void failsASourceWithAFlaw(String check, Function<Memory, ModelSource> source) {
        assertThatThrownBy(() -> run(check, source)).isInstanceOf(AssertionError.class);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("isNamedForLogsAndMetrics", memory -> new MemorySource(memory) {
                    @Override
                    public String name() {
                        return "my source";
                    }
                }),
                flaw("startsNoThreadBeforeItIsUsed", memory -> {
                    Thread thread = startThread();
                    return new MemorySource(memory) {
                        @Override
                        public void close() {
                            thread.interrupt();
                        }
                    };
                }),
                flaw("closesAfterOnlyHavingBeenGivenACallback", memory -> new MemorySource(memory) {
                    @Override
                    public void onChange(Runnable changed) {
                        startThread();
                    }
                }),
                flaw("closesWithoutHavingBeenUsed", memory -> new MemorySource(memory) {
                    @Override
                    public void close() {
                        throw new AssertionError("not opened yet");
                    }
                }),
                flaw("findsEverythingInTheFirstRead", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot found() {
                        return snapshot(List.of(version("1", "v1")));
                    }
                }),
                flaw("namesEachFactOnce", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot found() {
                        return snapshot(List.of(version("1", "v1"), version("1", "v2")));
                    }
                }),
                flaw("namesWhatItFinds", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot found() {
                        return snapshot(List.of(version("1", " "), version("2", "v2")));
                    }
                }),
                flaw("findsTheSameAgainWhileNothingChanges", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot found() {
                        return snapshot(List.of(version("1", "v" + memory.count.incrementAndGet()), version("2", "v")));
                    }
                }),
                flaw("findsTheSameAfterARestart", memory -> {
                    int number = memory.count.incrementAndGet();
                    return new MemorySource(memory) {
                        @Override
                        SourceSnapshot found() {
                            return snapshot(List.of(version("1", "v" + number), version("2", "v")));
                        }
                    };
                }),
                flaw("doesNotTakeABrokenPlatformForAnEmptyOne", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot broken(SourceUnavailableException failure) {
                        return snapshot(List.of());
                    }
                }),
                flaw("recoversWithThePlatform", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot broken(SourceUnavailableException failure) {
                        return new SourceSnapshot(List.of(SourcePart.failed("another part", failure)));
                    }
                }),
                flaw("doesNotMistakeAnInterruptForAnEmptyPlatform", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot interrupted(InterruptedException e) {
                        return snapshot(List.of());
                    }
                }),
                flaw("endsAReadThatIsInterrupted", memory -> new MemorySource(memory) {
                    @Override
                    SourceSnapshot interrupted(InterruptedException e) {
                        throw new SourceUnavailableException("interrupted", e);
                    }
                }),
                flaw("findsTheCardsThatItsFactsName", memory -> new MemorySource(memory) {
                    @Override
                    public Optional<ModelCard> card(ModelCardReference reference) {
                        return super.card(reference).map(card -> ModelCard.of(reference, "# Another\n"));
                    }
                }),
                flaw("knowsNoCardThatDoesNotExist", memory -> new MemorySource(memory) {
                    @Override
                    public Optional<ModelCard> card(ModelCardReference reference) {
                        return Optional.of(CARD);
                    }
                }));
    }

    private static Arguments flaw(String check, Function<Memory, ModelSource> source) {
        return arguments(check, source);
    }

    /** Runs one check as JUnit would. */
    private static void run(String check, Function<Memory, ModelSource> source) throws Throwable {
        SourceContractTest contract = new SourceContractTest() {
            @Override
            protected SourceFixture fixture() {
                return new Memory(source);
            }
        };
        try {
            call(contract, "startPlatform");
            call(contract, check);
        } finally {
            call(contract, "closesQuicklyAndCompletely");
        }
    }

    private static void call(SourceContractTest contract, String name) throws Throwable {
        Method method = SourceContractTest.class.getDeclaredMethod(name);
        method.setAccessible(true);
        try {
            method.invoke(contract);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Starts a thread that lives until it is interrupted. */
    private static Thread startThread() {
        Thread thread = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static RegisteredModelVersion version(String id, String name) {
        return new RegisteredModelVersion(
                "lab",
                new RegisteredModel("1", "granite", false, null, null, CustomProperties.none()),
                new ModelVersion(id, name, false, null, CustomProperties.none(), null),
                List.of(new ModelArtifact("1", "model-artifact", null, CustomProperties.none(), CARD.version())),
                List.of());
    }

    private static SourceSnapshot snapshot(List<RegisteredModelVersion> versions) {
        return new SourceSnapshot(List.of(SourcePart.complete("lab", versions, List.of(), List.of())));
    }

    /** A platform in memory. */
    private static final class Memory implements SourceFixture {
        final AtomicInteger count = new AtomicInteger();
        private final Function<Memory, ModelSource> sources;
        private final List<Runnable> callbacks = new ArrayList<>();
        private volatile List<RegisteredModelVersion> versions = List.of(version("1", "v1"), version("2", "v2"));
        private volatile CountDownLatch answering = new CountDownLatch(0);
        private volatile boolean broken;

        Memory(Function<Memory, ModelSource> sources) {
            this.sources = sources;
        }

        @Override
        public ModelSource newSource() {
            return sources.apply(this);
        }

        @Override
        public Set<String> factIds() {
            return versions.stream().map(RegisteredModelVersion::id).collect(Collectors.toSet());
        }

        @Override
        public void change() {
            versions = List.of(version("1", "v1"), version("3", "v3"));
            callbacks.forEach(Runnable::run);
        }

        @Override
        public void breakDown() {
            broken = true;
        }

        @Override
        public boolean stall() {
            answering = new CountDownLatch(1);
            return true;
        }

        @Override
        public void repair() {
            broken = false;
            answering.countDown();
        }

        @Override
        public boolean announcesChanges() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static class MemorySource implements ModelSource {
        private final Memory memory;

        MemorySource(Memory memory) {
            this.memory = memory;
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public SourceSnapshot read(ReadContext context) throws InterruptedException {
            try {
                memory.answering.await();
            } catch (InterruptedException e) {
                return interrupted(e);
            }
            return memory.broken ? broken(new SourceUnavailableException("reading memory failed")) : found();
        }

        SourceSnapshot found() {
            return snapshot(memory.versions);
        }

        SourceSnapshot broken(SourceUnavailableException failure) {
            throw failure;
        }

        SourceSnapshot interrupted(InterruptedException e) throws InterruptedException {
            throw e;
        }

        @Override
        public void onChange(Runnable changed) {
            memory.callbacks.add(changed);
        }

        @Override
        public Optional<ModelCard> card(ModelCardReference reference) {
            return Optional.of(CARD).filter(card -> card.reference().equals(reference));
        }

        @Override
        public void close() {}
    }
}
