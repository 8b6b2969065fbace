package io.modelconnector.examples.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsItsUsageWithoutARole() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString()).startsWith("Usage: model-connector").contains("all", "demo");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "all --help", "demo --help", "doctor --help"})
    void printsHelpWhenAsked(String arguments) {
        assertThat(run(Map.of(), arguments.split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: model-connector");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "all --version"})
    void printsItsVersionWhenAsked(String arguments) {
        assertThat(run(Map.of(), arguments.split(" "))).isZero();
        assertThat(out.toString()).startsWith("model-connector ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "al | model-connector: there is no role \"al\"; valid are all, location, storage-rest, rhoai-normalizer, demo, doctor",
                "--quiet | model-connector: there is no flag --quiet; valid are --help, --version",
                "all --adress=1 | model-connector all: there is no flag --adress=1; valid are --address, --metrics-address",
                "all extra | model-connector all: there is nothing to do with \"extra\"",
                "all --address=x | --address': \"x\" must be a port from 0 to 65535",
                "all --address | --address",
                "all -metrics-address=70000 | --metrics-address': \"70000\" must be a port",
                "demo --file=/nowhere.yaml | model-connector demo: --file=/nowhere.yaml: ",
                "demo --file=/nowhere.txt | model-connector demo: --file=/nowhere.txt: ",
            })
    void tellsAMistakeInOneLineAndEndsWithTwo(String arguments, String message) {
        assertThat(run(
                        Map.of(),
                        (arguments + (arguments.startsWith("demo") ? " -address=127.0.0.1:0 -metrics-address=0" : ""))
                                .split(" ")))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tellsAllMistakesInTheEnvironmentAtOnce() {
        Map<String, String> environment = Map.of("POLLING_INTERVAL", "soon", "BRIDGE_URL", "here\nor there");

        assertThat(run(environment, "all", "--address=127.0.0.1:0", "--metrics-address=0"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("model-connector all: 2 problems: ")
                .contains("POLLING_INTERVAL was \"soon\", must be", "BRIDGE_URL was \"here?or there\", must be");
    }

    @Test
    void saysWhatAccessItLooksForWhenThereIsNone() {
        assertThat(run(Map.of("HOME", "/nowhere"), "all", "--address=127.0.0.1:0", "--metrics-address=0"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("KUBECONFIG", "REGISTRY_URLS");
    }

    @Test
    void refusesAKubeconfigThatIsNotThereThoughRegistriesAreConfigured() {
        Map<String, String> environment =
                Map.of("KUBECONFIG", "/nowhere/config", "REGISTRY_URLS", "public=http://127.0.0.1:1");

        assertThat(run(environment, "all", "--address=127.0.0.1:0", "--metrics-address=0"))
                .isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().contains("KUBECONFIG", "/nowhere/config");
    }

    private int run(Map<String, String> environment, String... arguments) {
        Surroundings surroundings =
                new Surroundings(environment, new PrintWriter(out), new PrintWriter(err), Lifetime::new);
        int code = Main.run(surroundings, arguments);
        surroundings.out().flush();
        return code;
    }
}
