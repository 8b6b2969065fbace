package io.modelconnector.core.endpoint.servlet;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat on a free port, set up as the documentation of {@link FeedServlet} says. */
final class TomcatHost implements AutoCloseable {
    /** Kept here, since loggers that nobody holds are forgotten with their level. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final HttpServlet servlet;

    /**
     * Makes it; it has to be started.
     *
     * @param directory where Tomcat may write
     * @param servlet what answers everywhere
     */
    TomcatHost(Path directory, HttpServlet servlet) {
        LOG.setLevel(Level.SEVERE);
        this.directory = directory;
        this.servlet = servlet;
        tomcat.setBaseDir(directory.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(0);
        tomcat.getConnector().setEncodedSolidusHandling("passthrough");
        tomcat.getConnector().setAllowTrace(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("acceptCount", "1024");
    }

    /**
     * Makes a context with the servlet.
     *
     * @param path the path of the context; empty for the root
     * @param mappings where the servlet is in it
     */
    TomcatHost context(String path, String... mappings) {
        Context context = tomcat.addContext(path, directory.toString());
        Tomcat.addServlet(context, "models", servlet);
        for (String mapping : mappings) {
            context.addServletMapping(mapping, "models");
        }
        return this;
    }

    TomcatHost start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    /** Where it listens, without a slash at the end. */
    URI address() {
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    /** How many sessions there ever were. */
    long sessions() {
        return Arrays.stream(tomcat.getHost().findChildren())
                .mapToLong(context -> ((Context) context).getManager().getSessionCounter())
                .sum();
    }

    @Override
    public void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IOException("Tomcat does not stop", e);
        }
    }
}
