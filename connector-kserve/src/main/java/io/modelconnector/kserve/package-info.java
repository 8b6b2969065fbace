/**
 * What KServe serves, as a source: {@link io.modelconnector.kserve.KServeModelSource}. For whoever puts a feed together.
 */
@NullMarked
package io.modelconnector.kserve;

import org.jspecify.annotations.NullMarked;
