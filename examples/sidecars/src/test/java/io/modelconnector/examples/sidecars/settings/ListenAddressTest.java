package io.modelconnector.examples.sidecars.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "9090, , 9090",
        ":8081, , 8081",
        "0, , 0",
        "localhost:9090, localhost, 9090",
        "127.0.0.1:80, 127.0.0.1, 80",
        "[::1]:9090, ::1, 9090",
        "65535, , 65535"
    })
    void readsPortsWithAndWithoutHost(String text, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "x",
                "-1",
                "65536",
                "999999",
                "host",
                "host:",
                "::1:9090",
                "a b:80",
                "http://host:80",
                "9090/"
            })
    void refusesEverythingElseAndSaysWhatIsValid(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageContaining("a port from 0 to 65535");
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(ListenAddress.port(9090)).hasToString(":9090");
        assertThat(ListenAddress.parse("localhost:9090")).hasToString("localhost:9090");
        assertThat(ListenAddress.parse("[::1]:9090")).hasToString("[::1]:9090");
    }
}
