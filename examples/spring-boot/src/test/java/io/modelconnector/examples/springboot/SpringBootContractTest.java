package io.modelconnector.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.modelconnector.core.endpoint.contract.FeedHostContractTest;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.core.source.ModelSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The application as it is, with one more source. It is started once. */
class SpringBootContractTest extends FeedHostContractTest {
    private ConfigurableApplicationContext application;
    private URI address;

    @Override
    protected URI mount(ModelSource source) {
        application = new SpringApplicationBuilder(ModelService.class)
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean("contract", ModelSource.class, () -> source))
                .run("--server.address=127.0.0.1", "--server.port=0", "--logging.level.root=warn");
        address = URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
        return address.resolve("/models");
    }

    @Override
    protected void unmount() {
        ModelFeed feed = application.getBean(ModelFeed.class);
        application.close();
        assertThatIllegalStateException().isThrownBy(feed::start).withMessageContaining("CLOSED");
    }

    @Test
    void servesTheModelsOfItsFile() throws Exception {
        assertThat(get("/models/list").body())
                .contains(
                        "\"/granite-31-8b-instruct/140/model-catalog.json\"",
                        "\"/whisper-large-v3/100/model-catalog.json\"");
        assertThat(get("/models/modelcard?key=labmodelsgranite-3.1-8b-instruct/1.4.0")
                        .body())
                .startsWith("# Granite 3.1 8B Instruct");
    }

    @Test
    void goesOnServingWhatElseItServes() throws Exception {
        assertThat(get("/count").body()).isEqualTo("3");
        assertThat(get("/list").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
