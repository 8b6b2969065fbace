package io.modelconnector.core.normalize;

import static io.modelconnector.core.normalize.RegisteredFact.version;
import static io.modelconnector.core.normalize.ServedFact.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelconnector.core.entity.CatalogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose an entry is, and what of that is published. */
final class NormalizerOwnersTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "from-version, from-model, field,      from-version",
                "absent,       from-model, field,      from-model",
                "absent,       absent,     kube:admin, kubeadmin",
                "absent,       absent,     absent,     rhdh-rhoai-bridge",
                "模型,          from-model, field,      field",
                "absent,       ' ',        field,      field",
                "absent,       absent,     '!!',       rhdh-rhoai-bridge",
                "Jane Döe,     absent,     absent,     JaneDe",
                "a@b.example,  absent,     absent,     abexample",
            })
    void looksForTheOwnerInVersionModelAndRegistry(String ofVersion, String ofModel, String field, String owner) {
        RegisteredFact fact = version("granite", "v1").owner(field);
        if (ofVersion != null) {
            fact.ofVersion("Owner", ofVersion);
        }
        if (ofModel != null) {
            fact.ofModel("Owner", ofModel);
        }

        assertThat(Normalized.of(fact).model().owner()).isEqualTo(owner);
        assertThat(Normalized.of(fact).entry().ownerReference()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "user:jane,              jane,       user:jane",
                "group:default/ml,       ml,         group:default/ml",
                "user:default/Jane Döe,  JaneDe,     user:default/Jane Döe",
                "GROUP:Default/ML,       ML,         GROUP:Default/ML",
                "kube:admin,             kubeadmin,  none",
                "team:default/ml,        teamdefaultml, none",
                "group:a/b/c,            groupabc,   none",
                "group:a:b,              groupab,    none",
                "group:default/,         groupdefault, none",
                "user:,                  user,       none",
                "default/jane,           defaultjane, none",
                "usergroup:jane,         usergroupjane, none",
            })
    void takesOnlyUsersAndGroupsForReferences(String text, String owner, String reference) {
        for (CatalogEntry entry : new CatalogEntry[] {
            Normalized.of(version("granite", "v1").ofModel("Owner", text)).entry(),
            Normalized.of(version("granite", "v1").owner(text)).entry(),
            Normalized.of(served("ml-prod", "granite").annotation("rhdh.io/owner", text))
                    .entry(),
            Normalized.of(Normalizer.builder().defaultOwner(text).build(), version("granite", "v1"))
                    .entry(),
        }) {
            assertThat(entry.catalog().models().get(0).owner()).isEqualTo(owner);
            assertThat(entry.ownerReference()).isEqualTo(reference);
        }
    }

    @Test
    void takesAReferenceWithoutANameThatIsLeftForAbsent() {
        CatalogEntry entry = Normalized.of(version("granite", "v1")
                        .ofModel("Owner", "group:default/团队")
                        .owner("user:jane"))
                .entry();

        assertThat(entry.catalog().models().get(0).owner()).isEqualTo("jane");
        assertThat(entry.ownerReference()).isEqualTo("user:jane");
    }

    @ParameterizedTest
    @CsvSource({"ml--prod, ml--prod", "ML.Prod, ML.Prod", "' ', rhdh-rhoai-bridge"})
    void takesTheNamespaceAsItIsForTheOwnerOfAServedModel(String namespace, String owner) {
        assertThat(Normalized.of(served(namespace, "granite")).model().owner()).isEqualTo(owner);
    }

    @Test
    void takesTheNamespaceIfNothingIsLeftOfTheAnnotatedOwner() {
        assertThat(Normalized.of(served("ml-prod", "granite").annotation("rhdh.io/owner", "模型"))
                        .model()
                        .owner())
                .isEqualTo("ml-prod");
    }
}
