package io.modelconnector.core.endpoint;

import io.modelconnector.core.ConnectorException;
import io.modelconnector.core.entity.EntryKey;
import io.modelconnector.core.entity.TechDocsUrl;
import io.modelconnector.core.format.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documentation sites, for a Backstage without a reader for model cards: the two read-only calls that its reader for Gitea
 * makes, with which the newest revision is asked for and the files of the site are downloaded. The repository of an entry is
 * called after its key, and has one branch.
 */
final class SitePart implements EndpointPart {
    private static final Logger log = LoggerFactory.getLogger(FeedEndpoint.class);
    private static final String PREFIX = "/api/v1/repos/";
    private static final Pattern CALL =
            Pattern.compile(PREFIX + "([^/]+)/([^/]+)/(?:git/commits/([^/]+)|archive/([^/]+)\\.tar\\.gz)");
    private static final String ARCHIVE = "application/gzip";

    private final ServedContent content;
    private final ModelDocumentation documentation;

    SitePart(ServedContent content, ModelDocumentation documentation) {
        this.content = content;
        this.documentation = documentation;
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        Matcher call = CALL.matcher(path);
        if (!path.startsWith(PREFIX) || !call.matches()) {
            return null;
        }
        RequestSyntax.requireRead(request);
        if (!content.ready()) {
            return Responses.notReady(request);
        }
        try {
            return answer(request, call);
        } catch (ConnectorException e) {
            log.warn(
                    "the documentation of {}/{} cannot be served: {}",
                    RequestSyntax.printable(call.group(1)),
                    RequestSyntax.printable(call.group(2)),
                    e.getMessage());
            return Responses.unavailable(request, "the documentation cannot be read at the moment");
        }
    }

    private FeedResponse answer(FeedRequest request, Matcher call) throws RefusedException {
        boolean known = EntryKey.isSegment(call.group(1)) && EntryKey.isSegment(call.group(2));
        Optional<DocumentationSite> site =
                known ? documentation.site(new EntryKey(call.group(1), call.group(2))) : Optional.empty();
        boolean asksForRevision = call.group(3) != null;
        String reference = asksForRevision ? call.group(3) : call.group(4);
        if (site.isEmpty() || !has(site.get(), reference)) {
            return Responses.error(
                    request, 404, "there is no documentation at " + RequestSyntax.printable(call.group()));
        }
        return asksForRevision
                ? Responses.payload(request, revision(site.get()), Responses.JSON)
                : Responses.payload(request, site.get().archive().get(), ARCHIVE);
    }

    private static boolean has(DocumentationSite site, String reference) {
        return reference.equals(TechDocsUrl.GiteaSite.BRANCH) || reference.equals(site.revision());
    }

    private static Payload revision(DocumentationSite site) {
        return Payload.of(("{\"sha\":\"" + site.revision() + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether its card is at hand, and so the site, is not known before it is asked for. */
    @Override
    public boolean mayWait(FeedRequest request, String path) {
        return path.startsWith(PREFIX);
    }
}
