package io.modelconnector.core.endpoint;

import io.modelconnector.core.endpoint.auth.AuthenticationResult.Refused;
import io.modelconnector.core.endpoint.auth.RequestAuthenticator;
import io.modelconnector.core.endpoint.auth.RequestGuard;
import io.modelconnector.core.endpoint.page.FeedPage;
import io.modelconnector.core.endpoint.page.PageView;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page at the root, for browsers; everybody else finds as little there as without it. */
final class PagePart implements EndpointPart {
    private static final String PATH = "/";
    private static final String HTML = "text/html; charset=utf-8";
    private static final List<String> PARAMETERS = List.of("entry", "view", "q", "source", "show", "sort", "page");

    private static final String AUDIENCE = "page";

    private final FeedPage page;
    private final @Nullable RequestGuard guard;
    private final ModelDocumentation documentation;

    /** A page that is shown to some only, or to everybody where nobody decides. */
    PagePart(FeedPage page, @Nullable RequestAuthenticator readers, ModelDocumentation documentation) {
        this.page = page;
        this.guard = readers == null ? null : RequestGuard.of(readers);
        this.documentation = documentation;
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        if (!path.equals(PATH)) {
            return null;
        }
        if (!RequestSyntax.acceptsHtml(request.header().apply("Accept"))) {
            throw new RefusedException(404, "there is nothing at / but a page for browsers", Map.of("Vary", "Accept"));
        }
        if (guard != null) {
            Optional<Refused> refusal = guard.refusal(request, AUDIENCE);
            if (refusal.isPresent()) {
                throw RefusedException.of(refusal.get());
            }
        }
        RequestSyntax.requireRead(request);
        Map<String, String> parameters = new HashMap<>();
        for (String name : PARAMETERS) {
            String value = RequestSyntax.parameter(request.rawQuery(), name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        Optional<PageView> view = page.view(parameters, documentation);
        return view.isPresent()
                ? answer(request, view.get())
                : Responses.unavailable(request, "the page is asked for too often at the moment");
    }

    private static FeedResponse answer(FeedRequest request, PageView view) throws BadRequestException {
        FeedResponse response = Responses.payload(request, view.html(), HTML);
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("Vary", "Accept, Accept-Encoding");
        headers.putAll(view.headers());
        int status = response.status() == 200 ? view.status() : response.status();
        return new FeedResponse(status, Collections.unmodifiableMap(headers), response.body());
    }

    /** To write a view takes longer than to send what is there already, and may need a card. */
    @Override
    public boolean mayWait(FeedRequest request, String path) {
        return path.equals(PATH) && RequestSyntax.acceptsHtml(request.header().apply("Accept"));
    }
}
