package io.modelconnector.core.normalize;

import io.modelconnector.core.source.*;
import java.util.*;

public final class Normalizer {
    public static Normalizer.B builder() {
        return new B();
    }

    public static final class B {
        public Normalizer build() {
            return new Normalizer();
        }
    }

    public NormalizedModels normalize(Collection<RegisteredModelVersion> a, Collection<ServedModel> b) {
        return new NormalizedModels(List.of(), List.of());
    }
}
