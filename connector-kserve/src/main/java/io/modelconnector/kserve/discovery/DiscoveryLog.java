package io.modelconnector.kserve.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what was found and what went. What is wrong is told by whoever asks for the problems. */
final class DiscoveryLog {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryDiscovery.class);

    void changed(Findings before, Findings now) {
        Map<String, DiscoveredService> old = byName(before.registries());
        Map<String, DiscoveredService> current = byName(now.registries());
        current.forEach((name, registry) -> {
            if (!registry.equals(old.get(name))) {
                LOG.info("Model registry {} is at {}", name, registry.baseUri());
            }
        });
        old.keySet().stream()
                .filter(name -> !current.containsKey(name))
                .forEach(name -> LOG.info("Model registry {} is gone", name));
        if (!Objects.equals(before.catalog(), now.catalog())) {
            if (now.catalog() == null) {
                LOG.info("The model catalog is gone");
            } else {
                LOG.info("The model catalog is at {}", now.catalog().baseUri());
            }
        }
    }

    private static Map<String, DiscoveredService> byName(List<DiscoveredService> services) {
        Map<String, DiscoveredService> byName = new HashMap<>();
        services.forEach(service -> byName.put(service.namespace() + '/' + service.name(), service));
        return byName;
    }
}
