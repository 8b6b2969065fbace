package io.modelconnector.examples.sidecars.http;

import io.modelconnector.core.ConfigurationException;
import io.modelconnector.examples.sidecars.settings.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program's HTTP server: one Jetty, any number of addresses, a handler for each. Ports are bound when they are asked
 * for, so that one that is taken is noticed before anything else starts; requests are answered after {@link #start()}.
 *
 * <p>Lifecycle: listen, start once, close. Not thread-safe but for {@link #close()}.
 */
public final class HttpHost implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpHost.class);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** A burst of waiting requests needs threads that are of no use after it. */
    private static final Duration IDLE_THREAD = Duration.ofSeconds(10);

    private static final Duration STOP_TIMEOUT = Duration.ofMillis(1500);

    /** How long a silent connection is kept once the server stops. Jetty takes twice as long to close it. */
    private static final Duration STOP_IDLE_TIMEOUT = Duration.ofMillis(300);

    private static final int REQUEST_HEADER_BYTES = 16 * 1024;

    /** The existing normalizer sends the keys of all entries in a query, and the existing server takes as much. */
    private static final int LONG_REQUEST_HEADER_BYTES = 1024 * 1024;

    /** A portal opens a connection for each entry, all at once; the system's own limit may be lower. */
    private static final int ACCEPT_QUEUE = 4096;

    /** For answers that seldom wait. */
    private static final int FEW_THREADS = 8;

    /** An answer to a write may wait for the writes that are made together with it, and there are 64 of those at once. */
    private static final int MANY_THREADS = 80;

    private static final int WAITING_REQUESTS = 1024;

    /** Names may have slashes and percent signs; the endpoints look at paths as they came, so that nothing is ambiguous. */
    private static final UriCompliance ANY_NAME = UriCompliance.DEFAULT.with(
            "ANY_NAME", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);

    private final Server server;
    private final ByAddress handlers = new ByAddress();
    private final ThreadPoolExecutor waiting;
    private final int headerBytes;
    private final List<ServerSocketChannel> channels = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private HttpHost(int waitingThreads, int headerBytes) {
        this.waiting = waitingExecutor(waitingThreads);
        this.headerBytes = headerBytes;
        // One thread selects for each address, the rest is a reserve: answers do not change threads.
        QueuedThreadPool threads = new QueuedThreadPool(6, 1, (int) IDLE_TIMEOUT.toMillis());
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        server = new Server(threads, new ScheduledExecutorScheduler("http-timer", true), null);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        server.setErrorHandler(new JsonErrors());
        server.setHandler(new GracefulHandler(handlers));
    }

    /** Makes a server that mostly reads from memory. It listens nowhere yet. */
    public static HttpHost forReading() {
        return new HttpHost(FEW_THREADS, REQUEST_HEADER_BYTES);
    }

    /** Makes a server whose answers wait for a store, and which is sent long queries. It listens nowhere yet. */
    public static HttpHost forStoring() {
        return new HttpHost(MANY_THREADS, LONG_REQUEST_HEADER_BYTES);
    }

    /** Where answers that may have to wait are made: a bounded number of threads, and a bounded number of requests that wait for one. */
    public Executor waiting() {
        return waiting;
    }

    /**
     * Binds an address.
     *
     * @param flag the flag that the address came from, for the message if it cannot be bound
     * @param address where to listen; with port 0, on any free port
     * @throws ConfigurationException if it cannot be bound
     */
    public Listener bind(String flag, ListenAddress address) {
        ServerConnector connector =
                new ServerConnector(server, null, null, null, 0, 1, new HttpConnectionFactory(configuration()));
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        connector.setShutdownIdleTimeout(STOP_IDLE_TIMEOUT.toMillis());
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channels.add(channel);
            channel.bind(socketAddress(address), ACCEPT_QUEUE);
            connector.open(channel);
        } catch (IOException | UnresolvedAddressException e) {
            throw new ConfigurationException(flag + '=' + address + ": " + reason(address, e), e);
        }
        server.addConnector(connector);
        return new Listener(connector);
    }

    /**
     * Starts answering requests at the addresses that have a handler; whatever else is asked for is answered with 503.
     *
     * @throws IllegalStateException if the server does not start
     */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not start: " + e, e);
        }
    }

    /** Lets the requests that are under way end, for a second and a half at most, and closes all connections. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            server.stop();
        } catch (TimeoutException e) {
            log.info("some requests had not been answered after {} ms and were given up", STOP_TIMEOUT.toMillis());
        } catch (Exception e) {
            log.warn("stopping the HTTP server failed", e);
        } finally {
            waiting.shutdownNow();
            // A connector closes what it listens to only if it was started.
            channels.forEach(IO::close);
        }
    }

    private static InetSocketAddress socketAddress(ListenAddress address) {
        return address.host() == null
                ? new InetSocketAddress(address.port())
                : new InetSocketAddress(address.host(), address.port());
    }

    private HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(headerBytes);
        configuration.setUriCompliance(ANY_NAME);
        return configuration;
    }

    private static String reason(ListenAddress address, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (cause instanceof UnresolvedAddressException || message.contains("cannot assign")) {
                return "this machine has no address \"" + address.host() + "\"; leave the host out for all addresses";
            }
            if (message.contains("permission denied")) {
                return "port " + address.port() + " may not be used by this user; choose one from 1024 on";
            }
            if (message.contains("in use")) {
                return "port " + address.port() + " is in use; choose another one, or end the program that uses it";
            }
        }
        return "cannot be listened at: " + failure.getMessage();
    }

    private static ThreadPoolExecutor waitingExecutor(int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_THREAD.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_REQUESTS),
                task -> {
                    Thread thread = new Thread(task, "http-waiting-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** An address that is bound. */
    public final class Listener {
        private final ServerConnector connector;
        private final int port;

        private Listener(ServerConnector connector) {
            this.connector = connector;
            this.port = connector.getLocalPort();
        }

        /** The port. */
        public int port() {
            return port;
        }

        /** Sets what answers the requests at this address; once, before the server starts. */
        public void serve(Handler handler) {
            handler.setServer(server);
            handlers.put(connector, handler);
        }
    }

    /** Gives a request to the handler of the address at which it came in. */
    private static final class ByAddress extends Handler.Abstract.NonBlocking {
        private final IdentityHashMap<Connector, Handler> handlers = new IdentityHashMap<>();

        void put(Connector connector, Handler handler) {
            addBean(handler);
            handlers.put(connector, handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Handler handler = handlers.get(request.getConnectionMetaData().getConnector());
            if (handler == null) {
                Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
                return true;
            }
            return handler.handle(request, response, callback);
        }
    }
}
