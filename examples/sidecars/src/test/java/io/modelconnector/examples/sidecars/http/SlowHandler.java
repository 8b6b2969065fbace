package io.modelconnector.examples.sidecars.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Says when it was asked and answers when it may. */
final class SlowHandler extends Handler.Abstract.NonBlocking {
    private final HttpHost host;
    private final CountDownLatch asked;
    private final CountDownLatch mayAnswer;

    SlowHandler(HttpHost host, CountDownLatch asked, CountDownLatch mayAnswer) {
        this.host = host;
        this.asked = asked;
        this.mayAnswer = mayAnswer;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        request.addIdleTimeoutListener(timeout -> false);
        host.waiting().execute(() -> {
            asked.countDown();
            try {
                mayAnswer.await();
                ByteBuffer body = StandardCharsets.UTF_8.encode("done");
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
                response.write(true, body, callback);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return true;
    }
}
