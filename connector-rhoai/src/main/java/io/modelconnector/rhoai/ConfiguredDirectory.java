package io.modelconnector.rhoai;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was configured, and what a directory has besides. What was configured wins. */
final class ConfiguredDirectory implements RegistryDirectory {
    private final List<RegistryLocation> registries;
    private final @Nullable URI catalog;
    private final @Nullable RegistryDirectory more;

    ConfiguredDirectory(List<RegistryLocation> registries, @Nullable URI catalog, @Nullable RegistryDirectory more) {
        this.registries = List.copyOf(registries);
        this.catalog = catalog;
        this.more = more;
    }

    @Override
    public RegistryLocations locations() {
        if (more == null) {
            return new RegistryLocations(registries, catalog);
        }
        RegistryLocations found = more.locations();
        Set<String> configured = new HashSet<>();
        registries.forEach(location -> configured.add(location.name()));
        List<RegistryLocation> all = new ArrayList<>(registries);
        found.registries().stream()
                .filter(location -> !configured.contains(location.name()))
                .forEach(all::add);
        return new RegistryLocations(all, catalog != null ? catalog : found.catalog());
    }

    @Override
    public void onChange(Runnable changed) {
        if (more != null) {
            more.onChange(changed);
        }
    }
}
