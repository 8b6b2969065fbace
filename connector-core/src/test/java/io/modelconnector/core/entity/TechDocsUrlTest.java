package io.modelconnector.core.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelconnector.core.entity.TechDocsUrl.ConnectorCard;
import io.modelconnector.core.entity.TechDocsUrl.GiteaSite;
import io.modelconnector.core.entity.TechDocsUrl.LocationCard;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TechDocsUrlTest {
    private static final URI BASE = URI.create("https://models.example.com/feed/");
    private static final ModelCardReference GRANITE =
            new ModelCardReference("redhat ai", "Red/Hat", "models/granite 3.1+é");

    @Test
    void aCardHasAKeyInTheLocationContract() {
        TechDocsUrl url = TechDocsUrl.ofLocation(BASE, GRANITE);

        assertThat(url.text())
                .isEqualTo(
                        "https://models.example.com/feed/modelcard?key=redhataiRed%2FHatmodels%2Fgranite3.1%2B%C3%A9");
        assertThat(TechDocsUrl.parse(url.text()))
                .contains(new LocationCard("https://models.example.com/feed", GRANITE.key()));
    }

    @Test
    void aCardHasAPathInTheConnectorContractInWhichItsNameMayHaveSlashes() {
        TechDocsUrl url = TechDocsUrl.ofConnector(null, GRANITE);

        assertThat(url.text()).isEqualTo("/modelcard/redhat%20ai/Red%2FHat/models/granite%203.1%2B%C3%A9");
        assertThat(TechDocsUrl.parse(url.text())).contains(new ConnectorCard("", GRANITE));
        assertThat(TechDocsUrl.parse("http://host:9090/api/models" + url.text()))
                .contains(new ConnectorCard("http://host:9090/api/models", GRANITE));
    }

    @Test
    void aCardOfWhichOnlyTheKeyIsKnownIsAskedForByThat() {
        ModelCardReference stored = ModelCardReference.ofKey(GRANITE.key());

        assertThat(TechDocsUrl.ofConnector(null, stored).text())
                .isEqualTo("/modelcard?key=redhataiRed%2FHatmodels%2Fgranite3.1%2B%C3%A9");
        assertThatThrownBy(() -> new ConnectorCard("", stored)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSiteOfAnEntryIsABranchOfItsRepository() {
        EntryKey key = new EntryKey("granite", "v1.0");
        TechDocsUrl url = TechDocsUrl.ofGitea(URI.create("http://127.0.0.1:9090"), key);

        assertThat(url.text()).isEqualTo("http://127.0.0.1:9090/granite/v1.0/src/branch/main");
        assertThat(TechDocsUrl.parse(url.text())).contains(new GiteaSite("http://127.0.0.1:9090", key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://models.example.com/docs",
                "/modelcard",
                "/modelcard?name=x",
                "/modelcard/redhat/granite",
                "/modelcard/%zz/RedHat/granite",
                "http://host/a b/modelcard?key=x",
                "http://host/granite/v%20/src/branch/main",
                "http://host/granite/v1/src/branch/other",
                "mailto:models@example.com",
                "/modelcard?key=x#top"
            })
    void anotherAddressIsOfNoForm(String url) {
        assertThat(TechDocsUrl.parse(url)).isEmpty();
    }
}
