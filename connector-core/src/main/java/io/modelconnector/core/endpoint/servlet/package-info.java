/**
 * Mounts an endpoint in a servlet container. For hosts that have one; whoever uses it brings {@code jakarta.servlet}, nobody
 * else needs it.
 */
@NullMarked
package io.modelconnector.core.endpoint.servlet;

import org.jspecify.annotations.NullMarked;
