package io.modelconnector.rhoai.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/** A model catalog; its lists have 10 items where no page size is given. */
public final class FakeCatalog extends FakeServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> readmes = new ConcurrentSkipListMap<>();

    /** Starts one. */
    public FakeCatalog() {
        start(null);
    }

    /** Adds or changes a model with a card. */
    public FakeCatalog card(String source, String model, String readme) {
        readmes.put(source + '\n' + model, readme);
        return this;
    }

    /** Deletes a model. */
    public FakeCatalog delete(String source, String model) {
        readmes.remove(source + '\n' + model);
        return this;
    }

    @Override
    protected MockResponse answer(RecordedRequest request) {
        HttpUrl url = request.getUrl();
        List<String> path = url.pathSegments();
        List<String> rest = path.subList(path.indexOf("v1alpha1") + 1, path.size());
        if (rest.get(0).equals("models")) {
            return list(url);
        }
        if (rest.size() > 3 && rest.get(0).equals("sources") && rest.get(2).equals("models")) {
            String name = String.join("/", rest.subList(3, rest.size()));
            String readme = readmes.get(rest.get(1) + '\n' + name);
            return readme == null ? error(404, "No model found") : json(model(rest.get(1), name, readme));
        }
        return error(404, "not found");
    }

    private MockResponse list(HttpUrl url) {
        String source = url.queryParameter("source");
        String asked = url.queryParameter("pageSize");
        int size = asked == null ? 10 : Integer.parseInt(asked);
        String token = url.queryParameter("nextPageToken");
        List<String> keys = readmes.keySet().stream()
                .filter(key -> key.startsWith(source + '\n'))
                .filter(key -> token == null || key.compareTo(token) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(size, keys.size()));
        ObjectNode answer = MAPPER.createObjectNode();
        page.forEach(key -> {
            String[] parts = key.split("\n");
            answer.withArray("items").add(model(parts[0], parts[1], readmes.get(key)));
        });
        answer.withArray("items");
        answer.put("nextPageToken", page.size() == keys.size() ? "" : page.get(page.size() - 1));
        return json(answer);
    }

    private static ObjectNode model(String source, String name, String readme) {
        return MAPPER.createObjectNode()
                .put("source_id", source)
                .put("name", name)
                .put("readme", readme)
                .put("provider", "IBM")
                .put("logo", "data:image/svg+xml;base64,PHN2Zy8+");
    }
}
