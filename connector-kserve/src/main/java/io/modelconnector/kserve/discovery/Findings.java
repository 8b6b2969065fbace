package io.modelconnector.kserve.discovery;

import io.modelconnector.core.source.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Routes and Services say about registries and the catalog. A pure function of them.
 *
 * @param registries the registries, by name, then namespace
 * @param catalog the catalog, if there is one
 * @param problems the Routes and Services that say too little
 */
record Findings(
        List<DiscoveredService> registries, @Nullable DiscoveredService catalog, List<Problem> problems) {
    static final Findings NONE = new Findings(List.of(), null, List.of());

    private static final String CATALOG = "catalog";
    private static final String CATALOG_COMPONENT = "model-catalog";
    private static final Pattern HTTPS = Pattern.compile("^https://", Pattern.CASE_INSENSITIVE);
    private static final List<String> ROUTE_SUFFIXES = List.of("-rest", "-https", "-http");

    /** A Route beside its plain twin has TLS from end to end. */
    private static final Comparator<ExposedRoute> ROUTE_ORDER = Comparator.comparing(
                    (ExposedRoute route) -> route.name().endsWith("-http"))
            .thenComparing(ExposedRoute::namespace)
            .thenComparing(ExposedRoute::name);

    private static final Comparator<ExposedService> SERVICE_ORDER =
            Comparator.comparing(ExposedService::namespace).thenComparing(ExposedService::name);

    private static final Comparator<DiscoveredService> REGISTRY_ORDER =
            Comparator.comparing(DiscoveredService::name).thenComparing(DiscoveredService::namespace);

    Findings {
        registries = List.copyOf(registries);
        problems = List.copyOf(problems);
    }

    /**
     * Finds registries and catalog. One that has a Route and a Service is one; the Route counts.
     *
     * @param routes the Routes of registries and catalog
     * @param services the Services of registries and catalog
     * @param only the Routes that are registries, whatever else their names say; empty for no restriction
     */
    static Findings of(List<ExposedRoute> routes, List<ExposedService> services, List<RouteName> only) {
        Collector found = new Collector();
        routes.stream().sorted(ROUTE_ORDER).forEach(route -> {
            boolean named = only.stream().anyMatch(name -> name.names(route));
            boolean catalog = !named && route.name().contains(CATALOG);
            if (catalog || named || only.isEmpty()) {
                found.add(catalog, key(route.namespace(), route.app(), route.name()), found.uri(route));
            }
        });
        services.stream().sorted(SERVICE_ORDER).forEach(service -> {
            boolean catalog = CATALOG_COMPONENT.equals(service.component());
            if (catalog || only.isEmpty()) {
                found.add(catalog, key(service.namespace(), service.app(), service.name()), found.uri(service));
            }
        });
        only.stream()
                .filter(name -> routes.stream().noneMatch(name::names))
                .forEach(name -> found.problem(
                        "Route " + name, "is named as a registry and is not there; create it, or correct the name"));
        return found.findings();
    }

    private static Key key(String namespace, @Nullable String app, String name) {
        if (app != null) {
            return new Key(app, namespace);
        }
        for (String suffix : ROUTE_SUFFIXES) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                return new Key(name.substring(0, name.length() - suffix.length()), namespace);
            }
        }
        return new Key(name, namespace);
    }

    /** What makes a Route and a Service one. */
    private record Key(String name, String namespace) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Comparator.comparing(Key::name).thenComparing(Key::namespace).compare(this, other);
        }
    }

    private static final class Collector {
        private final Map<Key, DiscoveredService> registries = new TreeMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private @Nullable DiscoveredService catalog;

        void add(boolean isCatalog, Key key, @Nullable URI uri) {
            if (uri == null) {
                return;
            }
            DiscoveredService service = new DiscoveredService(key.name(), key.namespace(), uri);
            if (!isCatalog) {
                registries.putIfAbsent(key, service);
            } else if (catalog == null) {
                catalog = service;
            } else if (!catalog.namespace().equals(service.namespace())) {
                problem(
                        "model catalog in namespace " + service.namespace(),
                        "is ignored, since there is one in namespace " + catalog.namespace()
                                + " already; configure the URL of the one to use");
            }
        }

        @Nullable
        URI uri(ExposedRoute route) {
            String item = "Route " + route.namespace() + '/' + route.name();
            if (route.host() == null) {
                problem(item, "has no host yet; check that a router admits it");
                return null;
            }
            URI uri = parse("https://" + route.host());
            if (uri == null) {
                problem(item, "has the host \"" + route.host() + "\", which makes no URL; correct it");
            }
            return uri;
        }

        @Nullable
        URI uri(ExposedService service) {
            String item = "Service " + service.namespace() + '/' + service.name();
            String address = service.externalAddress();
            URI external = address == null ? null : external(address);
            if (external != null) {
                return external;
            }
            if (address != null) {
                problem(item, "has the external address \"" + address + "\", which makes no https URL; correct it");
            }
            String host = service.name() + '.' + service.namespace() + ".svc";
            if (service.httpsPort() != null) {
                return parse("https://" + host + ':' + service.httpsPort());
            }
            if (service.httpPort() != null) {
                return parse("http://" + host + ':' + service.httpPort());
            }
            problem(item, "has neither an external address nor a port https-api or http-api; it cannot be used");
            return null;
        }

        void problem(String item, String message) {
            problems.add(new Problem(item, message));
        }

        Findings findings() {
            return new Findings(
                    registries.values().stream().sorted(REGISTRY_ORDER).toList(), catalog, problems);
        }

        /** An address is a host and perhaps a path; one with another scheme would have that for its host. */
        private static @Nullable URI external(String address) {
            String plain = HTTPS.matcher(address).replaceFirst("");
            return plain.contains("://") ? null : parse("https://" + plain);
        }

        private static @Nullable URI parse(String text) {
            try {
                URI uri = new URI(text.replaceFirst("/+$", ""));
                boolean plain = uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null;
                return plain && uri.getFragment() == null ? uri : null;
            } catch (URISyntaxException e) {
                return null;
            }
        }
    }
}
