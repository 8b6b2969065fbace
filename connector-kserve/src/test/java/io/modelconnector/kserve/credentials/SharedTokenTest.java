package io.modelconnector.kserve.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.core.SourceUnavailableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token that the parts of a deployment show each other. Neither a cluster nor a CA is there in these tests. */
class SharedTokenTest {
    private static final String NO_TOKEN = "{username: ada, password: s3cret}";

    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path files;

    private Path pod;
    private Path home;

    @BeforeEach
    void createDirectories() throws IOException {
        pod = Files.createDirectory(files.resolve("pod"));
        home = Files.createDirectory(files.resolve("home"));
        Files.createDirectory(home.resolve(".kube"));
    }

    @Test
    void looksForATokenFromTheMostExactPlaceToTheLeast() throws IOException {
        Path file = Files.writeString(pod.resolve("token"), "pod-token\n");
        assertThat(find().get()).isEqualTo("pod-token");
        assertThat(find()).hasToString("the service account file " + file);

        Path own = Files.writeString(home.resolve(".kube/config"), kubeconfig("{token: home-token}"));
        assertThat(find().get()).isEqualTo("home-token");
        assertThat(find()).hasToString("kubeconfig " + own);

        Path named = Files.writeString(files.resolve("config"), kubeconfig("{token: kubeconfig-token}"));
        environment.put("KUBECONFIG", files.resolve("none") + File.pathSeparator + named + "\n");
        assertThat(find().get()).isEqualTo("kubeconfig-token");
        assertThat(find()).hasToString("kubeconfig " + named);

        environment.put("K8S_TOKEN", "outside-token\r\n");
        assertThat(find().get()).isEqualTo("outside-token");
        assertThat(find()).hasToString("the variable K8S_TOKEN");

        environment.put("token", "secret-token\n");
        assertThat(find().get()).isEqualTo("secret-token");
        assertThat(find()).hasToString("the variable token");
    }

    @Test
    void takesAnEmptyVariableForNone() {
        environment.put("token", "\n");
        environment.put("K8S_TOKEN", "outside-token");
        assertThat(find().get()).isEqualTo("outside-token");
    }

    @Test
    void looksInTheHomeThatTheEnvironmentNames() throws IOException {
        Files.writeString(home.resolve(".kube/config"), kubeconfig("{token: home-token}"));
        environment.put("HOME", home.toString());
        SharedToken token =
                SharedToken.builder(environment).serviceAccountDirectory(pod).build();
        assertThat(token.get()).isEqualTo("home-token");
    }

    @Test
    void needsNothingButAVariable() {
        assertThat(SharedToken.from(Map.of("token", "secret-token")).get()).isEqualTo("secret-token");
    }

    @Test
    void goesOnWhereAKubeconfigHasNoToken() throws IOException {
        environment.put("KUBECONFIG", write("config", kubeconfig(NO_TOKEN)));
        Files.writeString(pod.resolve("token"), "pod-token");
        assertThat(find().get()).isEqualTo("pod-token");
    }

    @Test
    void readsTheTokenFileOfAKubeconfig() throws IOException {
        environment.put(
                "KUBECONFIG", write("config", kubeconfig("{tokenFile: " + write("secret", "file-token\n") + "}")));
        assertThat(find().get()).isEqualTo("file-token");
    }

    @Test
    void readsAServiceAccountTokenAnewThatRotates() throws IOException {
        Path file = Files.writeString(pod.resolve("token"), "first");
        SharedToken token = find();
        assertThat(token.get()).isEqualTo("first");

        Files.writeString(file, "second\n");
        assertThat(token.get()).isEqualTo("second");

        Files.writeString(file, "\n");
        assertThatThrownBy(token::get)
                .as("an empty token would let everybody in who shows none")
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessage("the token file " + file + " is empty; check what writes it");

        Files.delete(file);
        assertThatThrownBy(token::get)
                .isInstanceOf(SourceUnavailableException.class)
                .hasMessageStartingWith("reading the token file " + file + " failed: NoSuchFileException");

        Files.writeString(file, "third");
        assertThat(token.get()).isEqualTo("third");
    }

    @Test
    void saysWhatItLookedForWhereThereIsNone() {
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("no token was found that the parts of a deployment share. Looked, in this order, for: the"
                        + " variable token (not set); the variable K8S_TOKEN (not set); a kubeconfig named by KUBECONFIG"
                        + " (not set); " + home.resolve(".kube/config") + " (not there); the service account file "
                        + pod.resolve("token") + " (not there). Give all parts the same variable token");
    }

    @Test
    void saysThatTheKubeconfigHasNone() throws IOException {
        String file = write("config", kubeconfig(NO_TOKEN));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("; kubeconfig " + file + " (its current user has no token); the service account")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void saysThatTheNamedKubeconfigIsNotThere() {
        environment.put("KUBECONFIG", files.resolve("none").toString());
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("KUBECONFIG was \"" + files.resolve("none") + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[s3cret]", "{exec: s3cret}", "{token: [s3cret]}", "{token: 's3cret s3cret'}"})
    void saysWhichKubeconfigCannotBeUsedAndShowsNothingOfIt(String user) throws IOException {
        String file = write("config", kubeconfig(user));
        environment.put("KUBECONFIG", file);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kubeconfig " + file)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "with\nline", "tökén"})
    void refusesAVariableThatIsNoTokenAndDoesNotShowIt(String token) {
        environment.put("token", token);
        assertThatThrownBy(this::find)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("token holds no token")
                .hasMessageNotContaining(token);
    }

    private SharedToken find() {
        return SharedToken.builder(environment)
                .serviceAccountDirectory(pod)
                .homeDirectory(home)
                .build();
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(files.resolve(name), text).toString();
    }

    private static String kubeconfig(String user) {
        return String.join(
                "\n",
                "apiVersion: v1",
                "kind: Config",
                "current-context: prod",
                "contexts: [{name: prod, context: {cluster: c, user: u}}]",
                "clusters: [{name: c, cluster: {server: 'https://api.example.com:6443'}}]",
                "users:",
                "- name: u",
                "  user: " + user,
                "");
    }
}
