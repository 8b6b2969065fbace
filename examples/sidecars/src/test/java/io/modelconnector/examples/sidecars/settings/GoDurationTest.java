package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "2m, PT2M",
        "1m30s, PT1M30S",
        "500ms, PT0.5S",
        "1.5h, PT1H30M",
        "2h45m30.5s, PT2H45M30.5S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "90s, PT1M30S",
        "250us, PT0.00025S",
        "250µs, PT0.00025S",
        "250μs, PT0.00025S",
        "15ns, PT0.000000015S",
        "+3s, PT3S",
        "-3s, PT-3S",
        "0, PT0S",
        "0s, PT0S",
        "1s1s, PT2S",
        "0.0000000019s, PT0.000000001S",
        "2562047h, PT2562047H",
    })
    void readsWhatGoReads(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2",
                "m",
                "2 m",
                "2m ",
                "1d",
                "2minutes",
                "1h30",
                "--2m",
                "PT2M",
                ".s",
                "1..5s",
                "1e3s",
                "٢m",
                "2562048h",
                "99999999999999999999h"
            })
    void refusesWhatGoRefuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
    }
}
