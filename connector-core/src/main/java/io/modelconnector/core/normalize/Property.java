package io.modelconnector.core.normalize;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A field that a model's author can set.
 *
 * @param registryName the custom property of a registered model or version
 * @param annotations the annotations of a serving object, in the order in which they count
 */
record Property(String registryName, List<String> annotations) {
    static final Property OWNER = of("Owner", "owner");
    static final Property LIFECYCLE = of("Lifecycle", "lifecycle");
    static final Property ETHICS = of("Ethics", "ethics");
    static final Property SUPPORT = of("Support", "support");
    static final Property TRAINING = of("Training", "training");
    static final Property USAGE = of("Usage", "usage");
    static final Property LICENSE = of("License", "license");
    static final Property HOW_TO_USE = of("How to use", "howtouse", "how-to-use");
    static final Property HOMEPAGE_URL = of("Homepage URL", "homepageurl", "homepage-url");
    static final Property API_SPEC = of("API Spec", "apispec", "api-spec");
    static final Property API_TYPE = of("API Type", "apitype", "api-type");
    static final Property PROVIDER = of("Provider", "provider");
    static final Property TASK = of("Task", "task");
    static final Property TECH_DOCS = of("TechDocs", "techdocs");

    /** Of serving objects only: a registered model has a field of its own for it. */
    static final List<String> DESCRIPTION_ANNOTATIONS = annotationsOf("description");

    private static Property of(String registryName, String... annotations) {
        return new Property(registryName, annotationsOf(annotations));
    }

    private static List<String> annotationsOf(String... names) {
        return Stream.of("modelcatalogbridge.rhdh.io/", "rhdh.io/")
                .flatMap(prefix -> Arrays.stream(names).map(prefix::concat))
                .toList();
    }
}
