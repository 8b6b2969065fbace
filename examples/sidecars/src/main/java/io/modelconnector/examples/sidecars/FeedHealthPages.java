package io.modelconnector.examples.sidecars;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelconnector.core.endpoint.FeedRequest;
import io.modelconnector.core.endpoint.FeedResponse;
import io.modelconnector.core.endpoint.HealthEndpoint;
import io.modelconnector.core.feed.ModelFeed;
import io.modelconnector.examples.sidecars.backstage.BackstagePush;
import io.modelconnector.kserve.leader.LeaderElection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The probes and the health of a role that has a feed, together with what else belongs to the role. The role is ready once
 * the feed is published, which waits for the first answer of the store, or for the start-up deadline.
 */
final class FeedHealthPages {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HealthEndpoint feed;
    private final @Nullable LeaderElection election;
    private final @Nullable BackstagePush push;

    FeedHealthPages(ModelFeed feed, @Nullable LeaderElection election, @Nullable BackstagePush push) {
        this.feed = HealthEndpoint.of(feed);
        this.election = election;
        this.push = push;
    }

    FeedResponse handle(FeedRequest request) {
        FeedResponse answer = feed.handle(request);
        boolean health = request.rawPath().equals("/health") && request.method().equals("GET");
        return health && answer.status() == 200 ? withMore(answer) : answer;
    }

    private FeedResponse withMore(FeedResponse answer) {
        try {
            byte[] bytes = new byte[answer.body().remaining()];
            answer.body().get(bytes);
            ObjectNode document = (ObjectNode) JSON.readTree(bytes);
            if (election != null) {
                document.set("election", JSON.valueToTree(electionDetails(election)));
            }
            if (push != null) {
                document.set("backstage", JSON.valueToTree(HealthDetails.of(push.health())));
            }
            byte[] body = JSON.writeValueAsBytes(document);
            Map<String, String> headers = new LinkedHashMap<>(answer.headers());
            headers.put("Content-Length", Integer.toString(body.length));
            return new FeedResponse(200, headers, ByteBuffer.wrap(body));
        } catch (IOException e) {
            throw new UncheckedIOException("the health of the feed is a JSON object", e);
        }
    }

    private static Map<String, Object> electionDetails(LeaderElection election) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("identity", election.identity());
        details.put("leading", election.leadingSince().isPresent());
        HealthDetails.putIfThere(
                details, "leadingSince", election.leadingSince().orElse(null));
        HealthDetails.putIfThere(details, "failure", election.failure().orElse(null));
        return details;
    }
}
