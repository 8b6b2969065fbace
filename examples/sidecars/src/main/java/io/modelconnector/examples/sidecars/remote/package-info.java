/**
 * The other parts of the connector as one part sees them over HTTP, whichever implementation they are of. For authors of
 * roles.
 */
@NullMarked
package io.modelconnector.examples.sidecars.remote;

import org.jspecify.annotations.NullMarked;
