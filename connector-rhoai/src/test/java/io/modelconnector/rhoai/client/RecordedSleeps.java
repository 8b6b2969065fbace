package io.modelconnector.rhoai.client;

import io.modelconnector.rhoai.fake.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets retries go on at once, and remembers how long they should have waited. */
final class RecordedSleeps {
    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    final FakeTime time = new FakeTime();

    RetryTiming timing(double random) {
        return new RetryTiming(sleeps::add, () -> random, time);
    }
}
