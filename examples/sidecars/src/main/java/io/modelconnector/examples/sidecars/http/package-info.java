/** The feed's endpoints in a Jetty server. For authors of roles, and for whoever mounts the feed in a Jetty of their own. */
@NullMarked
package io.modelconnector.examples.sidecars.http;

import org.jspecify.annotations.NullMarked;
