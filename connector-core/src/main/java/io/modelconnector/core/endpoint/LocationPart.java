package io.modelconnector.core.endpoint;

import io.modelconnector.core.format.Payload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list and the entries of the location contract. */
final class LocationPart implements EndpointPart {
    private final ServedContent content;
    private final List<ServedFile> files;

    LocationPart(ServedContent content) {
        this.content = content;
        this.files = List.copyOf(content.files());
    }

    @Override
    public @Nullable FeedResponse answer(FeedRequest request, String path) throws RefusedException {
        if (files.isEmpty()) {
            return null;
        }
        if (path.equals("/list")) {
            RequestSyntax.requireRead(request);
            return list(request);
        }
        int second = path.indexOf('/', 1);
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        ServedFile file = third > 0 ? file(path, third + 1) : null;
        if (file == null) {
            return null;
        }
        RequestSyntax.requireRead(request);
        return entry(request, path.substring(1, third), file);
    }

    private @Nullable ServedFile file(String path, int start) {
        for (ServedFile file : files) {
            String name = file.name();
            if (path.length() - start == name.length() && path.startsWith(name, start)) {
                return file;
            }
        }
        return null;
    }

    private FeedResponse list(FeedRequest request) throws RefusedException {
        Optional<Payload> list = content.list();
        return list.isPresent() ? Responses.payload(request, list.get(), Responses.JSON) : Responses.notReady(request);
    }

    private FeedResponse entry(FeedRequest request, String location, ServedFile file) throws RefusedException {
        boolean ready = content.ready();
        Optional<Payload> payload = content.entry(location, file);
        if (payload.isPresent()) {
            return Responses.payload(request, payload.get(), file.contentType());
        }
        return ready
                ? Responses.error(request, 404, "there is no entry at /" + RequestSyntax.printable(location))
                : Responses.notReady(request);
    }
}
