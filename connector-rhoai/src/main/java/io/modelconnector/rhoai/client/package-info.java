/**
 * Clients of the model registry's and the model catalog's REST APIs, of current and of older servers. For programs that
 * read a registry themselves; a feed uses {@link io.modelconnector.rhoai.RhoaiModelSource}, which is built on them.
 *
 * <p>The clients are thread-safe, block, and end a request at once when the calling thread is interrupted.
 */
@NullMarked
package io.modelconnector.rhoai.client;

import org.jspecify.annotations.NullMarked;
