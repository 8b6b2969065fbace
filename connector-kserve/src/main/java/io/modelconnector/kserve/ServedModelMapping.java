package io.modelconnector.kserve;

import io.modelconnector.core.source.ServedModel;
import io.modelconnector.kserve.PredictorService.Port;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns serving objects into facts: which URLs they have, inside and outside of the cluster, whether they can be called,
 * and whether callers have to authenticate. A pure function of the objects. Immutable.
 */
final class ServedModelMapping {
    private static final String ENABLE_AUTH = "security.opendatahub.io/enable-auth";
    private static final Pattern AUTHORITY =
            Pattern.compile("^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

    private final Map<Owner, PredictorService> services = new HashMap<>();
    private final Set<Owner> accountOwners = new HashSet<>();

    /**
     * Arranges what serving objects own.
     *
     * @param services the Services that lead to predictors, in any order
     * @param accountOwners for each owned ServiceAccount its owners
     */
    ServedModelMapping(List<PredictorService> services, List<List<Owner>> accountOwners) {
        for (PredictorService service : services) {
            for (Owner owner : service.owners()) {
                this.services.merge(owner, service, (a, b) -> better(owner).compare(a, b) <= 0 ? a : b);
            }
        }
        accountOwners.forEach(this.accountOwners::addAll);
    }

    /** The fact that a serving object stands for. */
    ServedModel map(ServingObject object) {
        Owner owner = new Owner(object.namespace(), object.kind(), object.name());
        Urls urls = object.kind().equals(ServingObject.LLM_INFERENCE_SERVICE)
                ? ofAddresses(object.urls())
                : ofInferenceService(object, owner);
        boolean authentication = accountOwners.contains(owner)
                || "true".equals(object.annotations().get(ENABLE_AUTH));
        return new ServedModel(
                object.kind(),
                object.namespace(),
                object.name(),
                object.created(),
                object.labels(),
                object.annotations(),
                object.ready() && (urls.external() != null || urls.internal() != null),
                urls.external(),
                urls.internal(),
                authentication,
                object.artifactUri());
    }

    /** The Service named after its owner comes first, then the first by name. */
    private static Comparator<PredictorService> better(Owner owner) {
        String wanted = owner.name() + PredictorService.SUFFIX;
        return Comparator.comparing(
                        (PredictorService service) -> !service.name().equals(wanted))
                .thenComparing(PredictorService::name);
    }

    private Urls ofInferenceService(ServingObject object, Owner owner) {
        PredictorService service = services.get(owner);
        String internal = service == null ? null : url(service, object.namespace());
        String told = object.urls().isEmpty() ? null : object.urls().get(0);
        if (told == null || !isInCluster(told)) {
            return new Urls(told, internal);
        }
        return new Urls(null, internal == null ? told : internal);
    }

    private static Urls ofAddresses(List<String> urls) {
        String external = null;
        String internal = null;
        for (String url : urls) {
            if (isInCluster(url)) {
                internal = Objects.requireNonNullElse(internal, url);
            } else {
                external = Objects.requireNonNullElse(external, url);
            }
        }
        return new Urls(external, internal);
    }

    private static boolean isInCluster(String url) {
        Matcher authority = AUTHORITY.matcher(url);
        if (!authority.find()) {
            return false;
        }
        String host = authority.group(1).toLowerCase(Locale.ROOT);
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return bare.endsWith(".svc.cluster.local") || bare.endsWith(".svc");
    }

    private static String url(PredictorService service, String namespace) {
        String host = service.name() + '.' + namespace + ".svc.cluster.local";
        Port port = service.port();
        if (port == null) {
            return "http://" + host;
        }
        int number = targetNumber(port);
        boolean https = isHttps(port, number);
        return (https ? "https://" : "http://") + host + (number == 80 && !https ? "" : ":" + number);
    }

    /** Predictor Services are headless: a call reaches the pod on the port that it names. */
    private static int targetNumber(Port port) {
        String target = port.target();
        return target != null && NUMBER.matcher(target).matches() ? Integer.parseInt(target) : port.number();
    }

    private static boolean isHttps(Port port, int target) {
        return isHttpsName(port.name())
                || "https".equalsIgnoreCase(port.appProtocol())
                || startsWithHttps(port.target())
                || isHttpsNumber(port.number())
                || isHttpsNumber(target);
    }

    private static boolean isHttpsName(@Nullable String name) {
        return name != null && (name.equals("https") || name.startsWith("https-"));
    }

    private static boolean startsWithHttps(@Nullable String target) {
        return target != null && target.startsWith("https");
    }

    private static boolean isHttpsNumber(int number) {
        return number == 443 || number == 8443;
    }

    private record Urls(@Nullable String external, @Nullable String internal) {}
}
