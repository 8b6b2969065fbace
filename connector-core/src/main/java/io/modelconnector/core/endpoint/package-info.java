/**
 * The HTTP semantics of the feed, and of the parts that hand entries on to each other, without an HTTP server: a request
 * in, a response out, no socket and no thread. For hosts that mount it in the server they have.
 */
@NullMarked
package io.modelconnector.core.endpoint;

import org.jspecify.annotations.NullMarked;
