package io.modelconnector.rhoai.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;

/**
 * A model catalog; its lists have 10 items where no page size is given. Those of now list all sources, or some, and select by
 * name; the older ones list one source.
 */
public final class FakeCatalog extends FakeServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern NAMES = Pattern.compile("name IN \\('(.*)'\\)");

    private final boolean older;
    private final Map<String, String> readmes = new ConcurrentSkipListMap<>();

    /** Starts one as they are now. */
    public FakeCatalog() {
        this(false);
    }

    private FakeCatalog(boolean older) {
        this.older = older;
        start(null);
    }

    /** A catalog as they were. */
    public static FakeCatalog older() {
        return new FakeCatalog(true);
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
            return older && url.queryParameterValues("source").isEmpty()
                    ? error(400, "required field 'source' is zero value.")
                    : models(url);
        }
        if (rest.equals(List.of("sources"))) {
            List<String> ids = readmes.keySet().stream()
                    .map(key -> key.split("\n")[0])
                    .distinct()
                    .toList();
            return page(url, ids, id -> MAPPER.createObjectNode().put("id", id).put("name", "Source " + id));
        }
        if (rest.size() > 3 && rest.get(0).equals("sources") && rest.get(2).equals("models")) {
            String name = String.join("/", rest.subList(3, rest.size()));
            String readme = readmes.get(rest.get(1) + '\n' + name);
            return readme == null ? error(404, "No model found") : json(model(rest.get(1), name, readme));
        }
        return error(404, "not found");
    }

    private MockResponse models(HttpUrl url) {
        List<String> sources = new ArrayList<>(url.queryParameterValues("source"));
        if (older) {
            sources.subList(1, sources.size()).clear();
        }
        String filter = older ? null : url.queryParameter("filterQuery");
        Matcher names = NAMES.matcher(filter == null ? "" : filter);
        List<String> wanted = names.matches() ? List.of(names.group(1).split("','")) : null;
        List<String> keys = readmes.keySet().stream()
                .filter(key -> sources.isEmpty() || sources.contains(key.split("\n")[0]))
                .filter(key -> wanted == null || wanted.contains(key.split("\n")[1]))
                .toList();
        return page(url, keys, key -> model(key.split("\n")[0], key.split("\n")[1], readmes.get(key)));
    }

    private static MockResponse page(HttpUrl url, List<String> keys, Function<String, ObjectNode> item) {
        String asked = url.queryParameter("pageSize");
        int size = asked == null ? 10 : Integer.parseInt(asked);
        String token = url.queryParameter("nextPageToken");
        List<String> left = keys.stream()
                .filter(key -> token == null || key.compareTo(token) > 0)
                .toList();
        List<String> page = left.subList(0, Math.min(size, left.size()));
        ObjectNode answer = MAPPER.createObjectNode();
        page.forEach(key -> answer.withArray("items").add(item.apply(key)));
        answer.withArray("items");
        answer.put("nextPageToken", page.size() == left.size() ? "" : page.get(page.size() - 1));
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
