/**
 * Errors of the library. Everything that the library throws on purpose is a
 * {@link io.modelconnector.core.ConnectorException}; readers of every other package meet them here.
 */
@NullMarked
package io.modelconnector.core;

import org.jspecify.annotations.NullMarked;
